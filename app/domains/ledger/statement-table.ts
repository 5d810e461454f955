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

/**
 * An owner's whole statement as the rows of a table, newest first, the heads before all others; read page by page, so
 * that it may be longer than memory.
 */
export async function* statementTable(
  inShop: <T>(work: (scope: ShopScope) => Promise<T>) => Promise<T>,
  account: AccountRef,
): AsyncGenerator<string[][]> {
  yield [heads];
  for (let before: number | null = null, more = true; more;) {
    const from: number | null = before;
    const statement: Statement = await inShop((scope) => readStatement(scope, account, { before: from, limit: page }));
    yield statement.rows.map((row) => toCells(row, account.unit));
    before = statement.next;
    more = before !== null;
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
