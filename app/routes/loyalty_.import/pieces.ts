import type { ImportReport } from '#app/flows/loyalty/import-balances.ts';

/** Bytes of a piece as it is sent, at most; the server takes a little more. */
const mostBytes = 150_000;
/** A quoted cell may go over lines; one over more than these has a quote too many. */
const mostLinesOfRecord = 20;
/** The same as the server tells of a piece. */
const mostTold = 20;

/** A part of a file, which begins with the heads of the file. */
export interface Piece {
  readonly text: string;
  /** how many lines of the file lie between its heads and its first own line */
  readonly skipped: number;
}

/** Exports are UTF-8; spreadsheets also save UTF-16 ("Unicode text") and the code page of Western Windows. */
export function decodeFile(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('windows-1252').decode(bytes);
    throw error;
  }
}

/** A file in pieces of whole records, each with the heads of the file. */
export function piecesOf(text: string): Piece[] {
  const lines = text.split(/\r\n|\n|\r/);
  // Excel's own word for what divides the cells; the heads tell it as well.
  const before = /^"?sep=.?"?$/i.test(lines[0] ?? '') ? 1 : 0;
  const [heads = '', ...records] = recordsOf(lines.slice(before));
  const sizeOfHeads = sizeOf(heads);
  const pieces: Piece[] = [];
  let piece = { text: heads, skipped: before };
  let [size, line] = [sizeOfHeads, before];
  for (const record of records) {
    const own = sizeOf(record);
    if (size + own > mostBytes && piece.text !== heads) {
      pieces.push(piece);
      piece = { text: heads, skipped: line };
      size = sizeOfHeads;
    }
    piece = { ...piece, text: `${piece.text}\n${record}` };
    size += own;
    line += record.split('\n').length;
  }
  return [...pieces, piece];
}

const encoder = new TextEncoder();
const sizeOf = (line: string): number => encoder.encode(JSON.stringify(line)).length;

const quotesIn = (line: string): number => line.split('"').length - 1;

/** Lines whose quotes belong together are one record. */
function recordsOf(lines: readonly string[]): string[] {
  const records: string[] = [];
  for (let at = 0; at < lines.length;) {
    let [quotes, taken] = [quotesIn(lines[at] ?? ''), 1];
    while (quotes % 2 === 1 && taken < mostLinesOfRecord && at + taken < lines.length) {
      quotes += quotesIn(lines[at + taken] ?? '');
      taken += 1;
    }
    const whole = quotes % 2 === 0 ? taken : 1;
    records.push(lines.slice(at, at + whole).join('\n'));
    at += whole;
  }
  return records;
}

export const nothing: ImportReport = {
  columns: null,
  customers: 0,
  points: 0,
  rounded: 0,
  unknown: 0,
  empty: 0,
  refused: 0,
  refusedLines: [],
  given: 0,
  before: 0,
};

/**
 * What two pieces did together.
 * @param skipped lines of the file that lie before those of `b`
 */
export function addReports(a: ImportReport, b: ImportReport, skipped: number): ImportReport {
  const ofFile = b.refusedLines.map((refused) => ({ ...refused, line: refused.line + skipped }));
  return {
    columns: a.columns ?? b.columns,
    customers: a.customers + b.customers,
    points: a.points + b.points,
    rounded: a.rounded + b.rounded,
    unknown: a.unknown + b.unknown,
    empty: a.empty + b.empty,
    refused: a.refused + b.refused,
    refusedLines: [...a.refusedLines, ...ofFile].slice(0, mostTold),
    given: a.given + b.given,
    before: a.before + b.before,
  };
}
