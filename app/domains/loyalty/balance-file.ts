import { CsvError, parse } from 'csv-parse/sync';

/** One customer's balance in another app's export. */
export interface BalanceRow {
  readonly email: string | null;
  readonly customerId: string | null;
  readonly points: number;
}

export interface BalanceFile {
  readonly rows: readonly BalanceRow[];
  /** lines that say no balance: no customer, or no whole number of points */
  readonly unreadable: number;
}

/** How exports of loyalty apps name their columns; what comes first is taken. */
const emailHeads = ['email', 'email address', 'customer email', 'customer_email', 'e-mail'];
/** Exports put the name of the store's platform before. */
const idHead = /(^|[ _])customer[ _]id$/;
const pointsHeads = [
  'points_balance',
  'points balance',
  'current points',
  'points_approved',
  'available points',
  'available_points',
  'balance',
  'points',
];

/**
 * Reads balances from a CSV file; the first line holds the heads.
 * @returns null where no column tells whose points or how many, or where a quote is never closed
 */
export function readBalanceFile(text: string): BalanceFile | null {
  const lines = linesOf(text);
  if (!lines) return null;
  const heads = (lines[0] ?? []).map((head) => head.trim().toLowerCase());
  const column = (names: readonly string[]): number => {
    const found = names.find((name) => heads.includes(name));
    return found === undefined ? -1 : heads.indexOf(found);
  };
  const [email, id, points] = [column(emailHeads), heads.findIndex((head) => idHead.test(head)), column(pointsHeads)];
  if (points < 0 || (email < 0 && id < 0)) return null;
  const cell = (line: readonly string[], at: number): string | null => {
    const value = at < 0 ? '' : (line[at] ?? '').trim();
    return value === '' ? null : value;
  };
  const rows = lines.slice(1).flatMap((line): BalanceRow[] => {
    const number = (cell(line, points) ?? '').replaceAll(',', '');
    const row = { email: cell(line, email), customerId: cell(line, id), points: Number(number) };
    const whole = /^-?\d{1,9}(\.0+)?$/.test(number);
    return whole && (row.email !== null || row.customerId !== null) ? [row] : [];
  });
  return { rows, unreadable: lines.length - 1 - rows.length };
}

function linesOf(text: string): string[][] | null {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, relax_quotes: true });
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
