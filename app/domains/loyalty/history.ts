import { readStatement } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { pointsOf } from './model.ts';

/** One movement of a member's points. */
export interface HistoryRow {
  readonly id: number;
  readonly at: Date;
  /** the ledger's operation: earn, take-back, vest, spend, give-back, expire … */
  readonly operation: string;
  /** what it was for: `order`, `loyalty-activity`, `loyalty-redemption`, `adjustment`, `loyalty-import`, `lot` … */
  readonly about: string;
  /** the order's id for an order, else the source's own */
  readonly aboutId: string;
  /** kind of the earning rule, where it was an activity */
  readonly kind: string | null;
  /** moved, over all balances; 0 where points only became available */
  readonly points: number;
  readonly available: number;
}

/**
 * What happened to a member's points, the newest first.
 * @param before the last row of the page before; null = from the newest
 */
export async function readHistory(
  scope: ShopScope,
  customerId: string,
  page: { readonly before: number | null; readonly limit: number },
): Promise<{ readonly rows: HistoryRow[]; readonly next: number | null }> {
  const { rows, next } = await readStatement(scope, pointsOf(customerId), page);
  return {
    rows: rows.map(({ transactionId, at, operation, source, details, ...moved }) => ({
      id: transactionId,
      at,
      operation,
      about: source.kind,
      aboutId: source.id,
      kind: typeof details['kind'] === 'string' ? details['kind'] : null,
      points: moved.available + moved.pending + moved.held,
      available: moved.balance,
    })),
    next,
  };
}
