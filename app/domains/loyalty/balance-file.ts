import { CsvError, type Info, parse } from 'csv-parse/sync';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { areWhole, type BalanceColumns, findBalanceColumns } from './balance-columns.ts';
import { type Delimiter, readBalanceNumber } from './balance-number.ts';

/** One customer's balance in another app's export. */
export interface BalanceRow {
  /** of the file; the line of the heads is the first */
  readonly line: number;
  readonly email: string | null;
  readonly customerId: string | null;
  readonly points: number;
}

/** A line that is not taken, and why. */
export interface RefusedLine {
  readonly line: number;
  readonly why: 'no-customer' | 'not-a-number' | 'unclear' | 'two-customers';
  /** what stands where the points should */
  readonly points: string;
}

/** Which columns were understood, by their heads in the file. */
export interface ReadColumns {
  readonly email: string | null;
  readonly customerId: string | null;
  readonly points: string;
  readonly delimiter: Delimiter;
}

export interface BalanceFile {
  readonly columns: ReadColumns;
  readonly rows: readonly BalanceRow[];
  readonly refused: readonly RefusedLine[];
  /** rows whose balance had a fraction of a point */
  readonly rounded: number;
}

const delimiters: readonly Delimiter[] = [',', ';', '\t'];

/**
 * Reads balances from a CSV file; the first line holds the heads and tells by what cells are divided.
 * @returns `no-columns` where no column tells whose points or how many, `open-quote` where a quote is never closed
 */
export function readBalanceFile(text: string): Result<BalanceFile, 'no-columns' | 'open-quote'> {
  const [first = ''] = text.split(/\r\n|\n|\r/, 1);
  const found = delimiters
    .map((delimiter) => {
      const heads = linesOf(first, delimiter)?.[0]?.record ?? [];
      return { delimiter, heads, columns: findBalanceColumns(heads) };
    })
    .toSorted((a, b) => b.heads.length - a.heads.length);
  const told = found.find(({ columns }) => areWhole(columns));
  if (!told) return fail('no-columns', whatIsMissing(found[0]));
  const lines = linesOf(text, told.delimiter);
  if (!lines) return fail('open-quote', 'A quote in the file is never closed.');

  const { columns, delimiter, heads } = told;
  const [rows, refused]: [BalanceRow[], RefusedLine[]] = [[], []];
  let rounded = 0;
  for (const { record, info } of lines.slice(1)) {
    const { email, customerId } = customerOf(record, columns);
    const cell = record[columns.points] ?? '';
    const number = readBalanceNumber(cell, delimiter);
    const why = email === null && customerId === null ? 'no-customer' : number.ok ? null : number.why;
    if (why !== null) refused.push({ line: info.lines, why, points: cell.slice(0, 40) });
    else if (number.ok) {
      rows.push({ line: info.lines, email, customerId, points: number.points });
      if (number.rounded) rounded += 1;
    }
  }
  const nameOf = (at: number): string | null => heads[at]?.trim() ?? null;
  return ok({
    columns: {
      email: nameOf(columns.email) ?? nameOf(columns.either),
      customerId: nameOf(columns.customerId) ?? nameOf(columns.either),
      points: nameOf(columns.points) ?? '',
      delimiter,
    },
    rows,
    refused,
    rounded,
  });
}

/** Shopify's own export puts an apostrophe before its numbers, so that spreadsheets leave them alone. */
function customerOf(record: readonly string[], { email, customerId, either }: BalanceColumns) {
  const cell = (at: number): string | null => {
    const value = at < 0 ? '' : (record[at] ?? '').trim().replace(/^['’]/, '');
    return value === '' ? null : value;
  };
  const [address, number, one] = [cell(email), cell(customerId)?.replace(/^gid:\/\/\w+\/Customer\//, ''), cell(either)];
  return {
    email: address ?? (one?.includes('@') === true ? one : null),
    // A login name is nobody's number.
    customerId: number ?? (one !== null && /^\d+$/.test(one) ? one : null),
  };
}

function whatIsMissing(
  read: { readonly heads: readonly string[]; readonly columns: BalanceColumns } | undefined,
): string {
  const heads = (read?.heads ?? []).map((head) => `“${head.trim().slice(0, 40)}”`).slice(0, 12);
  const missing =
    (read?.columns.points ?? -1) >= 0
      ? 'No column names customers by e-mail address or number.'
      : 'No column holds points.';
  const named = heads.length === 0 ? 'The first line is empty.' : `The first line names ${heads.join(', ')}.`;
  return `${missing} ${named} Call the columns “Email” and “Points balance”.`;
}

function linesOf(text: string, delimiter: Delimiter): { record: string[]; info: Info }[] | null {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      // Spreadsheets end with lines of nothing but commas.
      skip_records_with_empty_values: true,
    }) as unknown as { record: string[]; info: Info }[];
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
