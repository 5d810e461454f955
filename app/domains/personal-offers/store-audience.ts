import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Rates } from '#app/shared/rates.ts';
import type { Trigger } from './model.ts';
import { amongNow, onlyAmong } from './store-among.ts';
import { totalOf } from './store-entry.ts';

/** How many customers of a statement with the one column customer_id are in one of `among` now; who is in several counts once. */
async function countOf(scope: ShopScope, customers: Prisma.Sql, among: readonly string[]): Promise<number> {
  const [row] = await scope.tx.$queryRaw<{ customers: number }[]>`
    SELECT count(*)::int AS customers FROM (${onlyAmong(customers, scope.shopId, among)}) m`;
  return row?.customers ?? 0;
}

/** How many customers are in these segments now, and in one of `among`. */
export async function countPresent(
  scope: ShopScope,
  segments: readonly string[],
  among: readonly string[],
): Promise<number> {
  const members = amongNow(scope.shopId, segments);
  return members === null ? 0 : countOf(scope, members, among);
}

/** How many customers, of those who are in one of `among` now, placed an order since then that meets an order's trigger. */
export function countOrdersMeeting(
  scope: ShopScope,
  { nth, minTotalMinor }: Pick<Extract<Trigger, { type: 'order' }>, 'nth' | 'minTotalMinor'>,
  among: readonly string[],
  { rates, since }: { readonly rates: Rates; readonly since: Date },
): Promise<number> {
  const customers = Prisma.sql`
    SELECT o.customer_id FROM (
      SELECT customer_id, placed_at, currency, total_minor,
        row_number() OVER (PARTITION BY customer_id ORDER BY placed_at, id) AS nth
      FROM "order" WHERE shop_id = ${scope.shopId}::uuid AND customer_id IS NOT NULL AND cancelled_at IS NULL AND NOT test
    ) o JOIN shop s ON s.id = ${scope.shopId}::uuid
    WHERE o.placed_at >= ${since} AND (${nth}::int IS NULL OR o.nth = ${nth}::int)
      AND (${minTotalMinor}::bigint IS NULL OR ${totalOf(rates)} >= ${minTotalMinor}::bigint)`;
  return countOf(scope, customers, among);
}

/** How many customers, of those who are in one of `among` now, came into a level since then. */
export function countByTier(
  scope: ShopScope,
  { tierIds }: Extract<Trigger, { type: 'tier' }>,
  among: readonly string[],
  since: Date,
): Promise<number> {
  const customers = Prisma.sql`
    SELECT customer_id FROM loyalty_tier_change
    WHERE shop_id = ${scope.shopId}::uuid AND at >= ${since} AND to_tier <> ''
      AND (${tierIds.length} = 0 OR to_tier = ANY(${tierIds}::text[]))`;
  return countOf(scope, customers, among);
}
