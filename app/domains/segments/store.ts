import type { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { toScores } from './store-guests.ts';
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
import { everybody } from './store-scoring.ts';

/** When the shop was divided last; null = never. */
export async function readFit(scope: ShopScope): Promise<Fit | null> {
  return scope.tx.segmentFit.findUnique({
    where: { shopId: scope.shopId },
    select: { fittedAt: true, buyers: true, guests: true, currency: true },
  });
}

/** The squares of the map that hold a buyer. */
export async function readSquares(scope: ShopScope): Promise<Square[]> {
  const rows = await scope.tx.$queryRaw<
    { recency: Square['recency']; value: Square['value']; group: Group; customers: number; spent: bigint }[]
  >`
    SELECT recency, ((frequency + money + 1) / 2)::int AS value, "group", count(*)::int AS customers, sum(spent_minor)::bigint AS spent
    FROM (${everybody(scope.shopId)}) b GROUP BY 1, 2, 3 ORDER BY 1, 2`;
  return rows.map(({ spent, ...row }) => ({ ...row, spentMinor: Number(spent) }));
}

/** Figures of each group that has a buyer, the most valuable group first. */
export async function readGroups(scope: ShopScope, now: Date): Promise<GroupFigures[]> {
  const rows = await scope.tx.$queryRaw<
    { group: Group; customers: number; guests: number; spent: bigint; orders: number; days: number; sure: number }[]
  >`
    SELECT "group", count(*)::int AS customers, (count(*) FILTER (WHERE guest))::int AS guests, sum(spent_minor)::bigint AS spent, sum(sure)::float8 AS sure,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY orders)::float8 AS orders,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ${now}::timestamptz - last_order_at) / 86400)::float8 AS days
    FROM (${everybody(scope.shopId)}) b GROUP BY 1`;
  const found = rows.map(({ group, customers, guests, spent, orders, days, sure }) => ({
    group,
    customers,
    guests,
    spentMinor: Number(spent),
    medianOrders: orders,
    medianDays: Math.max(0, days),
    sure,
  }));
  return found.sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
}

/** Where the buyers of each group were so many days before the shop was last divided, the largest streams first. */
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

type ScoreRow = Omit<Prisma.CustomerScoreGetPayload<object>, 'shopId' | 'scoredAt' | 'sure'>;

const toScored = ({ customerId, ...row }: ScoreRow): ScoredCustomer => ({ customerId, ...toScores(row) });

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
