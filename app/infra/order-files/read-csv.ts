import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { type BadRow, OrderFileError } from './order-file-row.ts';

/** One record of a CSV file and the line on which it starts. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Longer than any honest record: a quote that nobody closed must not swallow the whole file. */
const maxRecordBytes = 1_000_000;

/**
 * Streams the records of a CSV file (RFC 4180; a byte order mark, CRLF or LF, `.gz` by name), the header first.
 * Records that cannot be read go to `onBadRow` and the stream goes on behind them.
 * @throws OrderFileError file-not-found or file-unreadable
 */
export async function* readCsv(path: string, onBadRow: (row: BadRow) => void): AsyncGenerator<CsvRecord> {
  await access(path, constants.R_OK).catch(() => {
    throw new OrderFileError('file-not-found', `The file ${path} does not exist or may not be read.`);
  });
  let line = 1;
  let counted = 0;
  let excess = 0;
  let broken: unknown = null;
  const parser = parse({
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: maxRecordBytes,
    info: true,
    on_skip: () => {
      onBadRow({ line, reason: 'malformed record' });
      return undefined;
    },
  });
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const done = (error: NodeJS.ErrnoException | null) => {
    broken = error;
  };
  if (path.endsWith('.gz')) pipeline(file, createGunzip(), parser, done);
  else pipeline(file, parser, done);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      // `info.lines` is the line on which the record ends; inside quotes csv-parse counts CRLF twice.
      const inside = info.lines - counted > 1 ? countBreaks(record) : { breaks: 0, crlf: 0 };
      counted = info.lines;
      excess += inside.crlf;
      yield { line: info.lines - excess - inside.breaks, cells: record };
      line = info.lines - excess + 1;
    }
  } catch (error) {
    const reason = broken instanceof Error ? broken.message : error instanceof Error ? error.message : String(error);
    throw new OrderFileError('file-unreadable', `The file ${path} could not be read to its end: ${reason}.`);
  } finally {
    file.destroy();
  }
}

function countBreaks(cells: readonly string[]): { breaks: number; crlf: number } {
  const all = cells.join(' ').match(/\r\n|\r|\n/g) ?? [];
  return { breaks: all.length, crlf: all.filter((one) => one === '\r\n').length };
}
