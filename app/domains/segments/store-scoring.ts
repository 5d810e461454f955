import { Prisma } from '#app/generated/prisma/client.ts';
import { worthIn } from '#app/infra/worth-sql.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { groupGrid } from './rules.ts';
import { allMailboxes } from './store-mailboxes.ts';
import { named, type Sql } from './store-sql.ts';

/** Whether an order counts, whoever's it is: it was placed by then, and neither cancelled, nor a test, nor given back in full. */
const stands = (shopId: ShopId, asOf: Date) => Prisma.sql`shop_id = ${shopId}::uuid
    AND cancelled_at IS NULL AND NOT test AND NOT (total_minor > 0 AND refunded_minor >= total_minor)
    AND placed_at <= ${asOf}::timestamptz`;

/** The same of an order that names a customer. */
export const counted = (shopId: ShopId, asOf: Date) => Prisma.sql`${stands(shopId, asOf)} AND customer_id IS NOT NULL`;

/** The rates that the shop was divided with last. */
const standingRates = (shopId: ShopId, currency: string): Prisma.Sql =>
  Prisma.sql`(SELECT f.rates FROM segment_fit f WHERE f.shop_id = ${shopId}::uuid AND f.currency = ${currency})`;

/**
 * What an order brought in the shop's currency, refunds taken off. One that noted a rate of its own stands in that
 * currency already; one in a currency without a rate counts as nothing.
 * @param rates null = those of the last division
 */
export const spentIn = (shopId: ShopId, currency: string, rates: Prisma.Sql | null = null): Prisma.Sql =>
  Prisma.sql`coalesce(${worthIn(
    Prisma.sql`${currency}`,
    Prisma.sql`greatest(total_minor - refunded_minor, 0)`,
    Prisma.sql`currency`,
    rates ?? standingRates(shopId, currency),
  )}, 0)`;

/** Whose orders are gathered. */
interface Whose {
  /** a condition of orders that name a customer */
  readonly customers: Sql;
  /** those that name none, see `store-mailboxes` */
  readonly mailboxes: Sql;
}

/**
 * Buyers of a shop by the orders that count: customers, and mailboxes that no account has (`guest`). Sums of whole numbers
 * are exact in float8 as far as they are in JavaScript, and cheaper than numeric.
 * @param asOf orders after it are left out
 * @param rates see `spentIn`
 */
export const bought = (
  shopId: ShopId,
  currency: string,
  asOf: Date,
  { customers, mailboxes }: Whose,
  rates: Sql | null = null,
): Sql => {
  const figures = Prisma.sql`placed_at, (${spentIn(shopId, currency, rates)})::float8 AS spent`;
  return Prisma.sql`
  SELECT buyer, guest, count(*)::int AS orders, sum(spent)::bigint AS spent, min(placed_at) AS first_at, max(placed_at) AS last_at
  FROM (
    SELECT customer_id AS buyer, false AS guest, ${figures} FROM "order" WHERE ${counted(shopId, asOf)} AND ${customers}
    UNION ALL
    SELECT coalesce(account, mailbox), account IS NULL, ${figures}
    FROM (${mailboxes}) boxed JOIN "order" ON id = order_id
    WHERE ${stands(shopId, asOf)} AND customer_id IS NULL) placed
  GROUP BY buyer, guest`;
};

/** How many values of a sorted array are at most this, by bisection. */
const upTo = (value: Prisma.Sql, sorted: Prisma.Sql) => Prisma.sql`width_bucket(${value}, ${sorted})`;

/**
 * The share of the other buyers who have less.
 * @param least what is just below the customer's
 * @param all column of `places`
 */
const shareBelow = (least: Prisma.Sql, all: Prisma.Sql) =>
  Prisma.sql`${upTo(least, Prisma.sql`(SELECT ${all} FROM places)`)} / greatest((SELECT n FROM places) - 1, 1)`;

const fifth = (share: Prisma.Sql) => Prisma.sql`least(5, 1 + floor(5 * ${share}))::int`;

/** The normal distribution's share below `z`. */
const below = (z: Prisma.Sql) => Prisma.sql`0.5 * (1 + erf((${z}) / sqrt(2.0)))`;

/**
 * Chance that a customer at this place among n buyers has the same score among n others of the same kind: the place
 * of an order statistic scatters like sqrt(u (1 - u) / n).
 */
function sameScore(at: Prisma.Sql, score: Prisma.Sql): Prisma.Sql {
  const spread = Prisma.sql`sqrt(greatest(${at} * (1 - ${at}), 1.0 / n) / n)`;
  const upper = Prisma.sql`CASE WHEN ${score} = 5 THEN 1 ELSE ${below(Prisma.sql`(${score} / 5.0::float8 - ${at}) / ${spread}`)} END`;
  const lower = Prisma.sql`CASE WHEN ${score} = 1 THEN 0 ELSE ${below(Prisma.sql`((${score} - 1) / 5.0::float8 - ${at}) / ${spread}`)} END`;
  return Prisma.sql`(${upper} - ${lower})`;
}

/** Chance that all three scores would be the same; asks for the shares, the scores, and n, the number of buyers. */
const sureness = Prisma.sql`${sameScore(Prisma.sql`at_r`, Prisma.sql`r`)} * ${sameScore(Prisma.sql`at_f`, Prisma.sql`f`)}
  * ${sameScore(Prisma.sql`at_m`, Prisma.sql`m`)}`;

/** The group of the scores r, f and m. */
export const groupName = Prisma.sql`(${[...groupGrid]}::text[])[(r - 1) * 5 + (f + m + 1) / 2]`;

/**
 * All buyers of a shop divided, as relations of a WITH: `bought`; `places`, one row of what all of them have, sorted; and
 * `scored`. Scores go by fifths of the buyers: the share of them who have less decides, so that those who have the same
 * get the same. To look a place up in sorted numbers costs less than to bring all buyers into three orders.
 */
export const divided = (shopId: ShopId, currency: string, asOf: Date, rates: Prisma.Sql | null = null) => Prisma.sql`
  bought AS MATERIALIZED (${bought(shopId, currency, asOf, { customers: Prisma.sql`true`, mailboxes: allMailboxes(shopId) }, rates)}),
  places AS MATERIALIZED (
    SELECT count(*)::float8 AS n, array_agg(last_at ORDER BY last_at) AS recency,
      array_agg(orders ORDER BY orders) AS frequency, array_agg(spent ORDER BY spent) AS money FROM bought),
  scored AS (
    SELECT *, ${groupName} AS group_name, ${sureness} AS sure FROM (
      SELECT *, ${fifth(Prisma.sql`at_r`)} AS r, ${fifth(Prisma.sql`at_f`)} AS f, ${fifth(Prisma.sql`at_m`)} AS m FROM (
        SELECT *, (SELECT n FROM places) AS n,
          ${shareBelow(Prisma.sql`last_at - interval '1 microsecond'`, Prisma.sql`recency`)} AS at_r,
          ${shareBelow(Prisma.sql`orders - 1`, Prisma.sql`frequency`)} AS at_f,
          ${shareBelow(Prisma.sql`spent - 1`, Prisma.sql`money`)} AS at_m
        -- OFFSET 0: reckoned once, not again wherever it is named.
        FROM bought OFFSET 0) placed OFFSET 0) fifths)`;

/**
 * Where scores 2 to 5 begin: at the least value above that of the last buyer who is too low; left out from the first
 * that nobody has.
 * @param all column of `places`, among the relations of `divided`
 */
export const cuts = (all: Prisma.Sql) => {
  const tooLow = Prisma.sql`${all}[ceil(k * (n - 1) / 5)::int]`;
  return Prisma.sql`array_remove(ARRAY(
    SELECT ${all}[1 + ${upTo(tooLow, all)}] FROM generate_series(1, 4) AS k ORDER BY k), NULL)`;
};

/** Which transaction notes a change, see `readChanges`. */
export const changedIn = Prisma.sql`pg_current_xact_id()::text::bigint`;

/** A table of scores: who is in it, and the column that names them. */
export interface ScoreTable {
  readonly guest: boolean;
  readonly table: Sql;
  readonly key: Sql;
}

export const customerScores: ScoreTable = { guest: false, table: named('customer_score'), key: named('customer_id') };
/** Apart, so that nothing that needs an account can meet somebody without one. */
export const guestScores: ScoreTable = { guest: true, table: named('guest_score'), key: named('mailbox') };

/** Columns of a table of scores, in the order in which they are written. */
export const scoreColumns = ({
  key,
}: ScoreTable): Sql => Prisma.sql`shop_id, ${key}, orders, spent_minor, first_order_at,
  last_order_at, recency, frequency, money, sure, "group", group_since, scored_at`;

/** All buyers who are scored, as a relation of both tables. */
export const everybody = (shopId: ShopId): Sql => {
  const columns = Prisma.sql`orders, spent_minor, last_order_at, recency, frequency, money, sure, "group"`;
  return Prisma.sql`
    SELECT customer_id AS buyer, false AS guest, ${columns} FROM customer_score WHERE shop_id = ${shopId}::uuid
    UNION ALL SELECT mailbox, true, ${columns} FROM guest_score WHERE shop_id = ${shopId}::uuid`;
};
