import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import {
  type Fit,
  type Flow,
  type FlowDays,
  type Group,
  type GroupFigures,
  groups,
  type ScoredCustomer,
  type Square,
} from './model.ts';
import { bought, changedIn, groupName } from './store-scoring.ts';

/** How many of the fit's cuts a value has reached, plus one. */
const reached = (cuts: Prisma.Sql, value: Prisma.Sql) =>
  Prisma.sql`(1 + (SELECT count(*) FROM unnest(${cuts}) AS cut WHERE cut <= ${value}))::int`;

/**
 * Scores these customers anew by the fit that stands, and notes who changed groups; nothing before the first fit. A
 * customer without an order left is in no group. May run any number of times.
 */
export async function scoreCustomers(scope: ShopScope, customerIds: readonly string[], now: Date): Promise<void> {
  const { shopId, tx } = scope;
  const fit = await tx.segmentFit.findUnique({ where: { shopId }, select: { currency: true } });
  if (fit === null || customerIds.length === 0) return;
  // In one order for all who score at once.
  const ids = [...new Set(customerIds)].sort();
  await tx.$executeRaw`
    WITH fit AS (SELECT * FROM segment_fit WHERE shop_id = ${shopId}::uuid),
    bought AS MATERIALIZED (${bought(shopId, fit.currency, now, ids)}),
    scored AS MATERIALIZED (
      SELECT s.*, ${groupName} AS group_name FROM (
        SELECT b.*, fit.sure, ${reached(Prisma.sql`fit.recency_cuts`, Prisma.sql`b.last_at`)} AS r,
          ${reached(Prisma.sql`fit.frequency_cuts`, Prisma.sql`b.orders`)} AS f,
          ${reached(Prisma.sql`fit.money_cuts`, Prisma.sql`b.spent`)} AS m
        FROM bought b, fit) s),
    gone AS (
      DELETE FROM customer_score c WHERE shop_id = ${shopId}::uuid AND customer_id = ANY(${ids}::text[])
        AND NOT EXISTS (SELECT 1 FROM bought b WHERE b.customer_id = c.customer_id)
      RETURNING customer_id, "group"),
    changed AS (
      INSERT INTO segment_change (shop_id, customer_id, from_group, to_group, changed_at, changed_in)
      SELECT ${shopId}::uuid, s.customer_id, c."group", s.group_name, ${now}::timestamptz, ${changedIn}
      FROM scored s LEFT JOIN customer_score c ON c.shop_id = ${shopId}::uuid AND c.customer_id = s.customer_id
      WHERE c."group" IS DISTINCT FROM s.group_name
      UNION ALL SELECT ${shopId}::uuid, customer_id, "group", NULL, ${now}::timestamptz, ${changedIn} FROM gone)
    INSERT INTO customer_score AS c (shop_id, customer_id, orders, spent_minor, first_order_at, last_order_at,
      recency, frequency, money, sure, "group", group_since, scored_at)
    SELECT ${shopId}::uuid, customer_id, orders, spent, first_at, last_at, r, f, m, sure, group_name, ${now}, ${now}
    FROM scored ORDER BY customer_id
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET orders = excluded.orders, spent_minor = excluded.spent_minor,
      first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at, recency = excluded.recency,
      frequency = excluded.frequency, money = excluded.money, "group" = excluded."group",
      group_since = CASE WHEN c."group" = excluded."group" THEN c.group_since ELSE excluded.group_since END,
      scored_at = greatest(c.scored_at, excluded.scored_at)`;
}

/** Customers whom these orders name. */
export async function readBuyersOf(scope: ShopScope, orderIds: readonly string[]): Promise<string[]> {
  const rows = await scope.tx.order.findMany({
    where: { shopId: scope.shopId, id: { in: [...orderIds] }, customerId: { not: null } },
    select: { customerId: true },
    distinct: ['customerId'],
  });
  return rows.flatMap((row) => row.customerId ?? []);
}

/** When the shop was divided last; null = never. */
export async function readFit(scope: ShopScope): Promise<Fit | null> {
  return scope.tx.segmentFit.findUnique({
    where: { shopId: scope.shopId },
    select: { fittedAt: true, buyers: true, currency: true },
  });
}

/** The squares of the map that hold a customer. */
export async function readSquares(scope: ShopScope): Promise<Square[]> {
  const rows = await scope.tx.$queryRaw<
    { recency: Square['recency']; value: Square['value']; group: Group; customers: number; spent: bigint }[]
  >`
    SELECT recency, ((frequency + money + 1) / 2)::int AS value, "group", count(*)::int AS customers, sum(spent_minor)::bigint AS spent
    FROM customer_score WHERE shop_id = ${scope.shopId}::uuid GROUP BY 1, 2, 3 ORDER BY 1, 2`;
  return rows.map(({ spent, ...row }) => ({ ...row, spentMinor: Number(spent) }));
}

/** Figures of each group that has a customer, the most valuable group first. */
export async function readGroups(scope: ShopScope, now: Date): Promise<GroupFigures[]> {
  const rows = await scope.tx.$queryRaw<
    { group: Group; customers: number; spent: bigint; orders: number; days: number; sure: number }[]
  >`
    SELECT "group", count(*)::int AS customers, sum(spent_minor)::bigint AS spent, sum(sure)::float8 AS sure,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY orders)::float8 AS orders,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ${now}::timestamptz - last_order_at) / 86400)::float8 AS days
    FROM customer_score WHERE shop_id = ${scope.shopId}::uuid GROUP BY 1`;
  const found = rows.map(({ group, customers, spent, orders, days, sure }) => ({
    group,
    customers,
    spentMinor: Number(spent),
    medianOrders: orders,
    medianDays: Math.max(0, days),
    sure,
  }));
  return found.sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
}

/** Where the customers of each group were so many days before the shop was last divided, the largest streams first. */
export async function readFlows(scope: ShopScope, days: FlowDays): Promise<Flow[]> {
  const rows = await scope.tx.segmentFlow.findMany({
    where: { shopId: scope.shopId, days },
    orderBy: [{ customers: 'desc' }, { fromGroup: 'asc' }, { toGroup: 'asc' }],
  });
  return rows.map(({ fromGroup, toGroup, customers, spentMinor }) => ({
    from: fromGroup === '' ? null : (fromGroup as Group),
    to: toGroup as Group,
    customers,
    spentMinor: Number(spentMinor),
  }));
}

/**
 * Customers of a group, or of all, by id.
 * @param after the last id of the page before; '' = from the beginning
 */
export async function readMembers(
  scope: ShopScope,
  group: Group | null,
  after: string,
  limit: number,
): Promise<ScoredCustomer[]> {
  const rows = await scope.tx.customerScore.findMany({
    where: { shopId: scope.shopId, customerId: { gt: after }, ...(group === null ? {} : { group }) },
    omit: { shopId: true, scoredAt: true, sure: true },
    orderBy: { customerId: 'asc' },
    take: limit,
  });
  return rows.map((row) => toScored(row));
}

function toScored(row: Omit<Prisma.CustomerScoreGetPayload<object>, 'shopId' | 'scoredAt' | 'sure'>): ScoredCustomer {
  const { spentMinor, recency, frequency, money, group, ...rest } = row;
  return {
    ...rest,
    spentMinor: Number(spentMinor),
    recency: recency as ScoredCustomer['recency'],
    frequency: frequency as ScoredCustomer['frequency'],
    money: money as ScoredCustomer['money'],
    group: group as Group,
  };
}

/** What is kept of these customers: their scores, the segments they are in, when they moved, and tags of ours in the store. */
export async function readScoresOf(scope: ShopScope, customerIds: readonly string[]) {
  const where = { shopId: scope.shopId, customerId: { in: [...customerIds] } };
  const [rows, segments, tags, changes] = await Promise.all([
    scope.tx.customerScore.findMany({ where, omit: { shopId: true, scoredAt: true, sure: true } }),
    scope.tx.segmentMember.findMany({ where, omit: { shopId: true }, orderBy: { segmentId: 'asc' } }),
    scope.tx.customerTag.findMany({ where, omit: { shopId: true }, orderBy: { tag: 'asc' } }),
    scope.tx.segmentChange.findMany({
      where,
      select: { customerId: true, fromGroup: true, toGroup: true, changedAt: true },
      orderBy: { id: 'asc' },
    }),
  ]);
  return { scores: rows.map(toScored), segments, tags, changes };
}

/** Forgets of which groups and segments these customers were. */
export async function forgetScoresOf(scope: ShopScope, customerIds: readonly string[]): Promise<void> {
  const where = { shopId: scope.shopId, customerId: { in: [...customerIds] } };
  await scope.tx.customerScore.deleteMany({ where });
  await scope.tx.segmentMember.deleteMany({ where });
  await scope.tx.customerTag.deleteMany({ where });
  await scope.tx.segmentChange.deleteMany({ where });
}
