import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { groupGrid } from './rules.ts';

/**
 * Whether an order counts: it names a customer, was placed by then, and was neither cancelled, nor a test, nor given
 * back in full.
 */
export const counted = (shopId: ShopId, asOf: Date) => Prisma.sql`shop_id = ${shopId}::uuid AND customer_id IS NOT NULL
    AND cancelled_at IS NULL AND NOT test AND NOT (total_minor > 0 AND refunded_minor >= total_minor)
    AND placed_at <= ${asOf}::timestamptz`;

/**
 * Buyers of a shop by the orders that count. Money of orders in another currency cannot be added up and counts as
 * nothing.
 * @param asOf orders after it are left out
 * @param only of these customers, null = of all
 */
export const bought = (shopId: ShopId, currency: string, asOf: Date, only: readonly string[] | null) => Prisma.sql`
  SELECT customer_id, count(*)::int AS orders,
    coalesce(sum(greatest(total_minor - refunded_minor, 0)) FILTER (WHERE currency = ${currency}), 0)::bigint AS spent,
    min(placed_at) AS first_at, max(placed_at) AS last_at
  FROM "order"
  WHERE ${counted(shopId, asOf)}
    ${only === null ? Prisma.empty : Prisma.sql`AND customer_id = ANY(${[...only]}::text[])`}
  GROUP BY customer_id`;

/**
 * Scores by fifths of the shop's buyers: the share of buyers who have less of it decides, so that those who have the
 * same get the same score.
 * @param from name of a relation of `bought`
 */
export const ranked = (from: Prisma.Sql) => Prisma.sql`
  SELECT b.*, percent_rank() OVER (ORDER BY last_at) AS at_r, percent_rank() OVER (ORDER BY orders) AS at_f,
    percent_rank() OVER (ORDER BY spent) AS at_m
  FROM ${from} b`;

const fifth = (share: Prisma.Sql) => Prisma.sql`least(5, 1 + floor(5 * ${share}))::int`;

/** @param from name of a relation of `ranked` */
export const scored = (from: Prisma.Sql) => Prisma.sql`
  SELECT *, ${fifth(Prisma.sql`at_r`)} AS r, ${fifth(Prisma.sql`at_f`)} AS f, ${fifth(Prisma.sql`at_m`)} AS m FROM ${from}`;

/** The normal distribution's share below `z`. */
const below = (z: Prisma.Sql) => Prisma.sql`0.5 * (1 + erf((${z}) / sqrt(2.0)))`;

/**
 * Chance that a customer at this place among n buyers has the same score among n others of the same kind: the place
 * of an order statistic scatters like sqrt(u (1 - u) / n).
 */
function sameScore(at: Prisma.Sql, score: Prisma.Sql): Prisma.Sql {
  const spread = Prisma.sql`sqrt(greatest(${at} * (1 - ${at}), 1.0 / n) / n)`;
  const upper = Prisma.sql`CASE WHEN ${score} = 5 THEN 1 ELSE ${below(Prisma.sql`(${score} / 5.0 - ${at}) / ${spread}`)} END`;
  const lower = Prisma.sql`CASE WHEN ${score} = 1 THEN 0 ELSE ${below(Prisma.sql`((${score} - 1) / 5.0 - ${at}) / ${spread}`)} END`;
  return Prisma.sql`(${upper} - ${lower})`;
}

/** Chance that all three scores would be the same; asks for the columns of `scored` and n, the number of buyers. */
export const sureness = Prisma.sql`${sameScore(Prisma.sql`at_r`, Prisma.sql`r`)} * ${sameScore(Prisma.sql`at_f`, Prisma.sql`f`)}
  * ${sameScore(Prisma.sql`at_m`, Prisma.sql`m`)}`;

/** The group of the scores r, f and m. */
export const groupName = Prisma.sql`(${[...groupGrid]}::text[])[(r - 1) * 5 + (f + m + 1) / 2]`;

/** Which transaction notes a change, see `readChanges`. */
export const changedIn = Prisma.sql`pg_current_xact_id()::text::bigint`;
