import { Readable } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';

/** A quoted cell; what a spreadsheet would run as a formula is made a text. */
const cell = (value: string): string => {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
};

const lines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

const headersFor = (name: string) => ({
  'Content-Type': 'text/csv; charset=utf-8',
  'Content-Disposition': `attachment; filename="${name}"`,
  'Cache-Control': 'no-store',
});

/** A table as a CSV file (RFC 4180) to be saved under `name`; the first row holds the heads. */
export function csvFile(name: string, rows: readonly (readonly string[])[]): Response {
  return new Response(lines(rows), { headers: headersFor(name) });
}

/** The same for a table that would not fit into memory: sent batch by batch, as fast as it is taken. */
export function csvStream(name: string, batches: AsyncIterable<readonly (readonly string[])[]>): Response {
  async function* texts() {
    for await (const rows of batches) yield lines(rows);
  }
  return new Response(createReadableStreamFromReadable(Readable.from(texts())), { headers: headersFor(name) });
}
