import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Rates } from '#app/shared/rates.ts';
import type { Trigger } from './model.ts';
import { amongNow, isAmong } from './store-among.ts';
import { totalOf } from './store-entry.ts';

/** How many customers are in these segments now, and in one of `among`; who is in several counts once. */
export async function countPresent(
  scope: ShopScope,
  segments: readonly string[],
  among: readonly string[],
): Promise<number> {
  const members = amongNow(scope.shopId, segments);
  if (members === null) return 0;
  const [row] = await scope.tx.$queryRaw<{ customers: number }[]>`
    SELECT count(DISTINCT m.customer_id)::int AS customers FROM (${members}) m
    WHERE ${isAmong(Prisma.sql`m.customer_id`, scope.shopId, among)}`;
  return row?.customers ?? 0;
}

/** How many customers, of those who are in one of `among` now, placed an order since then that meets an order's trigger. */
export async function countOrdersMeeting(
  scope: ShopScope,
  { nth, minTotalMinor }: Pick<Extract<Trigger, { type: 'order' }>, 'nth' | 'minTotalMinor'>,
  among: readonly string[],
  { rates, since }: { readonly rates: Rates; readonly since: Date },
): Promise<number> {
  const [row] = await scope.tx.$queryRaw<{ customers: number }[]>`
    SELECT count(DISTINCT o.customer_id)::int AS customers FROM (
      SELECT customer_id, placed_at, currency, total_minor,
        row_number() OVER (PARTITION BY customer_id ORDER BY placed_at, id) AS nth
      FROM "order" WHERE shop_id = ${scope.shopId}::uuid AND customer_id IS NOT NULL AND cancelled_at IS NULL AND NOT test
    ) o JOIN shop s ON s.id = ${scope.shopId}::uuid
    WHERE o.placed_at >= ${since} AND (${nth}::int IS NULL OR o.nth = ${nth}::int)
      AND (${minTotalMinor}::bigint IS NULL OR ${totalOf(rates)} >= ${minTotalMinor}::bigint)
      AND ${isAmong(Prisma.sql`o.customer_id`, scope.shopId, among)}`;
  return row?.customers ?? 0;
}

/** How many customers, of those who are in one of `among` now, came into a level since then. */
export async function countByTier(
  scope: ShopScope,
  { tierIds }: Extract<Trigger, { type: 'tier' }>,
  among: readonly string[],
  since: Date,
): Promise<number> {
  const [row] = await scope.tx.$queryRaw<{ customers: number }[]>`
    SELECT count(DISTINCT c.customer_id)::int AS customers FROM loyalty_tier_change c
    WHERE c.shop_id = ${scope.shopId}::uuid AND c.at >= ${since} AND c.to_tier <> ''
      AND (${tierIds.length} = 0 OR c.to_tier = ANY(${tierIds}::text[]))
      AND ${isAmong(Prisma.sql`c.customer_id`, scope.shopId, among)}`;
  return row?.customers ?? 0;
}
