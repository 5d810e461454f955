import type { ImportReport } from '#app/flows/loyalty/import-balances.ts';

/** Characters of a piece, at most; the server takes a little more, escapes included. */
const mostLength = 80_000;

/** A file in pieces of whole lines, each with the heads of the file. */
export function piecesOf(text: string): string[] {
  const [heads = '', ...lines] = text.split(/\r?\n/);
  const pieces: string[] = [];
  let piece = heads;
  for (const line of lines) {
    if (piece.length + line.length > mostLength && piece !== heads) {
      pieces.push(piece);
      piece = heads;
    }
    piece += `\n${line}`;
  }
  return [...pieces, piece];
}

export const nothing: ImportReport = {
  customers: 0,
  points: 0,
  unknown: 0,
  empty: 0,
  unreadable: 0,
  given: 0,
  before: 0,
};

/** What two pieces did together. */
export function addReports(a: ImportReport, b: ImportReport): ImportReport {
  return {
    customers: a.customers + b.customers,
    points: a.points + b.points,
    unknown: a.unknown + b.unknown,
    empty: a.empty + b.empty,
    unreadable: a.unreadable + b.unreadable,
    given: a.given + b.given,
    before: a.before + b.before,
  };
}
