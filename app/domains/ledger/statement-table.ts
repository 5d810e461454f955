import type { ShopScope } from '#app/infra/database.ts';
import { formatDecimal } from '#app/shared/money.ts';
import type { AccountRef } from './model.ts';
import { readStatement, type Statement, type StatementRow } from './store-statement.ts';

const heads = [
  'transaction',
  'at',
  'operation',
  'source',
  'source_id',
  'available',
  'pending',
  'held',
  'balance',
  'unit',
];
const page = 1_000;

/** An amount as a number: whole points, or money in its main unit. */
export const formatAmount = (amount: number, unit: string): string =>
  unit === 'points' ? String(amount) : formatDecimal(amount, unit);

/** Which part of a statement; null = from the beginning, until now. `until` is no longer in it. */
export interface StatementSpan {
  readonly from: Date | null;
  readonly until: Date | null;
}

type InShop = <T>(work: (scope: ShopScope) => Promise<T>) => Promise<T>;

/** What others know of the lines, behind the ledger's own columns. */
export interface MoreColumns {
  readonly heads: readonly string[];
  /** as many cells as heads for each line */
  cellsOf(scope: ShopScope, rows: readonly StatementRow[]): Promise<string[][]>;
}

/**
 * An owner's statement as the rows of a table, newest first, the heads before all others; read page by page, so that it
 * may be longer than memory.
 */
export async function* statementTable(
  inShop: InShop,
  account: AccountRef,
  span: StatementSpan,
  more: MoreColumns | null = null,
): AsyncGenerator<string[][]> {
  yield [[...heads, ...(more?.heads ?? [])]];
  for await (const rows of statementRows(inShop, account, span)) {
    const others = more ? await inShop((scope) => more.cellsOf(scope, rows)) : [];
    yield rows.map((row, at) => [...toCells(row, account.unit), ...(others[at] ?? [])]);
  }
}

/** The rows themselves, page by page. */
export async function* statementRows(
  inShop: InShop,
  account: AccountRef,
  { from: earliest, until }: StatementSpan,
): AsyncGenerator<readonly StatementRow[]> {
  for (let before: number | null = null, more = true; more;) {
    const from: number | null = before;
    const statement: Statement = await inShop((scope) => readStatement(scope, account, { before: from, limit: page }));
    yield statement.rows.filter(({ at }) => (earliest === null || at >= earliest) && (until === null || at < until));
    before = statement.next;
    const oldest = statement.rows.at(-1);
    more = before !== null && !(earliest !== null && oldest !== undefined && oldest.at < earliest);
  }
}

const toCells = (row: StatementRow, unit: string): string[] => [
  String(row.transactionId),
  row.at.toISOString(),
  row.operation,
  row.source.kind,
  row.source.id,
  ...[row.available, row.pending, row.held, row.balance].map((amount) => formatAmount(amount, unit)),
  unit,
];
