import { Prisma } from '#app/generated/prisma/client.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { TestSums } from './model.ts';
import { armSums, orderProfit, PAST_PROFIT_DAYS, type SumRow, toTestSums } from './store-profit-sums.ts';

const day = 86_400_000;

/** Ids of the shop's customers, those of whom the platform has taken leave left out. */
export async function readCustomerIds(scope: ShopScope): Promise<string[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM customer WHERE shop_id = ${scope.shopId}::uuid AND deleted_at IS NULL`;
  return rows.map(({ id }) => id);
}

/** What counts otherwise than as the order of whoever placed it. */
export interface CustomerCredit {
  /** customers who are in neither group */
  readonly leftOut: readonly string[];
  /** customers all of whose orders count as another's */
  readonly customers: readonly { readonly customerId: string; readonly owner: string }[];
  /** orders that count as a customer's */
  readonly orders: readonly { readonly orderId: string; readonly owner: string }[];
  /** what was given to a customer and is in no order, minor units of the shop's currency */
  readonly costs: readonly { readonly owner: string; readonly minor: number; readonly at: Date }[];
}

const asPlaced: CustomerCredit = { leftOut: [], customers: [], orders: [], costs: [] };

/**
 * The sums of a holdout of customers since `from`: everybody counts from `from` on, or from the day of joining the store
 * where that is later. In place of days with a visit the past is the number of orders.
 * @param heldOut ids of the customers who were given nothing
 * @param pastUntil since when customers are given anything, by this share or another: nothing later is their past
 */
export async function readCustomerSums(
  scope: ShopScope,
  {
    heldOut,
    from,
    to,
    pastUntil,
    marginBps,
    credit = asPlaced,
  }: {
    heldOut: readonly string[];
    from: Date;
    to: Date;
    pastUntil: Date;
    marginBps: number;
    credit?: CustomerCredit | undefined;
  },
): Promise<TestSums> {
  return sumsOf(
    scope,
    Prisma.sql`
      SELECT c.id AS visitor_id, CASE WHEN h.id IS NULL THEN 'treatment' ELSE 'holdout' END AS arm,
        greatest(${from}::timestamptz, c.platform_created_at) AS first_seen_at
      FROM customer c LEFT JOIN unnest(${[...heldOut]}::text[]) AS h(id) ON h.id = c.id
      WHERE c.shop_id = ${scope.shopId}::uuid AND c.deleted_at IS NULL AND c.platform_created_at < ${to}
        AND c.id <> ALL(${toArrayLiteral(credit.leftOut)}::text[])`,
    { from, to, pastUntil, marginBps, credit },
  );
}

/** A customer in a comparison: in which arm, and since when what they buy counts. */
export interface Participant {
  readonly customerId: string;
  readonly arm: string;
  readonly since: Date;
}

/** The sums of a comparison of customers who are named one by one. */
export async function readParticipantSums(
  scope: ShopScope,
  { participants, to, marginBps }: { participants: readonly Participant[]; to: Date; marginBps: number },
): Promise<TestSums> {
  const from = new Date(participants.reduce((first, { since }) => Math.min(first, since.getTime()), to.getTime()));
  const column = (read: (one: Participant) => string | Date) => toArrayLiteral(participants.map(read));
  return sumsOf(
    scope,
    Prisma.sql`
      SELECT * FROM unnest(${column(({ customerId }) => customerId)}::text[], ${column(({ arm }) => arm)}::text[],
        ${column(({ since }) => since)}::timestamptz[]) AS p(visitor_id, arm, first_seen_at)`,
    // What each was given began with them.
    { from, to, pastUntil: to, marginBps, credit: asPlaced },
  );
}

/** @param seen selects visitor_id (a customer's), arm and first_seen_at */
async function sumsOf(
  scope: ShopScope,
  seen: Prisma.Sql,
  {
    from,
    to,
    pastUntil,
    marginBps,
    credit: { customers, orders, costs },
  }: { from: Date; to: Date; pastUntil: Date; marginBps: number; credit: CustomerCredit },
): Promise<TestSums> {
  const pastFrom = new Date(Math.min(from.getTime(), pastUntil.getTime()) - PAST_PROFIT_DAYS * day);
  await scope.tx.$queryRaw`SELECT set_config('enable_nestloop', 'off', true)`;
  const rows = await scope.tx.$queryRaw<SumRow[]>`
    WITH machine AS MATERIALIZED (SELECT NULL::text AS visitor_id WHERE false),
    seen AS MATERIALIZED (${seen}),
    counted AS MATERIALIZED (SELECT * FROM seen),
    bought AS MATERIALIZED (
      SELECT p.id, coalesce(k.owner, f.owner, p.customer_id) AS customer_id, p.placed_at, p.revenue, p.profit, p.assumed
      FROM (${orderProfit(scope, pastFrom, to, marginBps)}) p
      LEFT JOIN unnest(${toArrayLiteral(orders.map(({ orderId }) => orderId))}::text[],
        ${toArrayLiteral(orders.map(({ owner }) => owner))}::text[]) AS k(id, owner) ON k.id = p.id
      LEFT JOIN unnest(${toArrayLiteral(customers.map(({ customerId }) => customerId))}::text[],
        ${toArrayLiteral(customers.map(({ owner }) => owner))}::text[]) AS f(id, owner) ON f.id = p.customer_id
      UNION ALL
      SELECT NULL, owner, at, 0, -minor, 0 FROM unnest(${toArrayLiteral(costs.map(({ owner }) => owner))}::text[],
        ${toArrayLiteral(costs.map(({ minor }) => String(minor)))}::numeric[],
        ${toArrayLiteral(costs.map(({ at }) => at))}::timestamptz[]) AS c(owner, minor, at)
    ),
    outcome AS MATERIALIZED (
      SELECT c.visitor_id, count(b.id) AS orders, sum(b.revenue) AS revenue, sum(b.profit) AS profit, sum(b.assumed) AS assumed
      FROM counted c JOIN bought b ON b.customer_id = c.visitor_id AND b.placed_at >= c.first_seen_at
      GROUP BY c.visitor_id
    ),
    past AS MATERIALIZED (
      SELECT c.visitor_id, sum(b.profit) AS profit, count(*) AS days
      FROM counted c JOIN bought b ON b.customer_id = c.visitor_id
        AND b.placed_at < least(c.first_seen_at, ${pastUntil}::timestamptz)
      GROUP BY c.visitor_id
    ),
    visits AS (SELECT visitor_id, days FROM past),
    ${armSums(scope)}`;
  await scope.tx.$queryRaw`SELECT set_config('enable_nestloop', 'on', true)`;
  return toTestSums(rows);
}
