import { createHash } from 'node:crypto';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Database, ShopScope } from '#app/infra/database.ts';
import { streamRows } from '#app/infra/stream-rows.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { BasketLine } from './baskets.ts';
import { productIdsOf } from './choose-ideas.ts';
import {
  type Assumptions,
  assumptionsSchema,
  defaultAssumptions,
  evidenceSchema,
  type IdeaFound,
  type IdeaKind,
  type IdeaStatus,
  leastBaskets,
  reportSchema,
  type SearchReport,
  type StoredIdea,
} from './model.ts';

const linesPerFetch = 10_000;

/** What was bought longer ago than this before the last order says little of what to sell now. */
const lookBack = '730 days';

/**
 * Streams what was bought and kept in the last two years, oldest order first, an order's lines together: cancelled and
 * test orders and refunded units are left out.
 */
export function streamBasketLines(db: Database, shopId: ShopId): AsyncGenerator<BasketLine[]> {
  return streamRows<BasketLine>(db, shopId, {
    select: `
      SELECT o.id AS "orderId", o.customer_id AS "customerId", o.placed_at AS "placedAt", l.product_id AS "productId",
             l.quantity - l.refunded_quantity AS quantity
      FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
      WHERE o.shop_id = '${shopId}'::uuid AND o.cancelled_at IS NULL AND NOT o.test
        AND l.product_id IS NOT NULL AND l.quantity > l.refunded_quantity
        AND o.placed_at > (SELECT max(placed_at) FROM "order" WHERE shop_id = '${shopId}'::uuid) - interval '${lookBack}'
      ORDER BY o.placed_at, o.id, l.id`,
    rowsPerFetch: linesPerFetch,
  });
}

/** Orders with two or more different products, counted up to what a search needs. */
export async function countBaskets(scope: ShopScope): Promise<number> {
  const rows = await scope.tx.$queryRaw<{ n: bigint }[]>`
    SELECT count(*) AS n FROM (
      SELECT 1 FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
       WHERE o.shop_id = ${scope.shopId}::uuid AND o.cancelled_at IS NULL AND NOT o.test
         AND l.product_id IS NOT NULL AND l.quantity > l.refunded_quantity
       GROUP BY o.id HAVING count(DISTINCT l.product_id) >= 2 LIMIT ${leastBaskets}) few`;
  return Number(rows[0]?.n ?? 0);
}

/** The id of an idea: the same for the same products, whichever search found them. */
export function ideaId(idea: IdeaFound): string {
  return createHash('sha256').update(productIdsOf(idea).sort().join()).digest('hex').slice(0, 24);
}

/** Null for what an older search wrote in another form: the next search finds it again. */
function toIdea(row: Prisma.BundleIdeaGetPayload<object>): StoredIdea | null {
  const evidence = evidenceSchema.safeParse(row.evidence);
  if (!evidence.success) return null;
  return {
    id: row.id,
    kind: row.kind as IdeaKind,
    evidence: evidence.data,
    rank: row.rank,
    status: row.status as IdeaStatus,
    bundleId: row.bundleId,
    foundAt: row.foundAt,
  };
}

/** All ideas that are kept, best first. */
export async function readIdeas(scope: ShopScope): Promise<StoredIdea[]> {
  const rows = await scope.tx.bundleIdea.findMany({
    where: { shopId: scope.shopId },
    orderBy: [{ rank: 'asc' }, { id: 'asc' }],
  });
  return rows.flatMap((row) => toIdea(row) ?? []);
}

/** One idea, or null. */
export async function readIdea(scope: ShopScope, id: string): Promise<StoredIdea | null> {
  const row = await scope.tx.bundleIdea.findFirst({ where: { shopId: scope.shopId, id } });
  return row && toIdea(row);
}

/** Ids of what was dismissed or made a draft: it is not proposed again. */
export async function readSettledIds(scope: ShopScope): Promise<ReadonlySet<string>> {
  const rows = await scope.tx.bundleIdea.findMany({
    where: { shopId: scope.shopId, status: { not: 'open' } },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** Puts new ideas in place of the open ones, in one transaction; what is settled stays as it is. */
export async function replaceOpenIdeas(
  scope: ShopScope,
  ideas: readonly IdeaFound[],
  report: SearchReport,
  now: Date,
): Promise<void> {
  const { shopId } = scope;
  await scope.tx.bundleIdea.deleteMany({ where: { shopId, status: 'open' } });
  await scope.tx.bundleIdea.createMany({
    data: ideas.map((idea, index) => ({
      shopId,
      id: ideaId(idea),
      kind: idea.kind,
      productIds: productIdsOf(idea),
      evidence: idea.evidence,
      rank: index + 1,
      foundAt: now,
      changedAt: now,
    })),
    skipDuplicates: true,
  });
  await scope.tx.bundleIdeaSearch.upsert({
    where: { shopId },
    create: { shopId, report, searchedAt: now },
    update: { report, searchedAt: now },
  });
}

/** Changes where an idea stands; false when it is not there or stands elsewhere than in `from`. */
export async function writeStatus(
  scope: ShopScope,
  id: string,
  change: { from: readonly IdeaStatus[]; to: IdeaStatus; bundleId: string | null; now: Date },
): Promise<boolean> {
  const { count } = await scope.tx.bundleIdea.updateMany({
    where: { shopId: scope.shopId, id, status: { in: [...change.from] } },
    data: { status: change.to, bundleId: change.bundleId, changedAt: change.now },
  });
  return count === 1;
}

/** What the merchant assumes, and what the last search said. */
export async function readSearch(
  scope: ShopScope,
): Promise<{ assumptions: Assumptions; report: SearchReport | null; searchedAt: Date | null }> {
  const row = await scope.tx.bundleIdeaSearch.findFirst({ where: { shopId: scope.shopId } });
  const assumptions = assumptionsSchema.safeParse(row?.assumptions ?? {});
  const report = reportSchema.safeParse(row?.report);
  return {
    assumptions: assumptions.success ? assumptions.data : defaultAssumptions,
    report: report.success ? report.data : null,
    searchedAt: row?.searchedAt ?? null,
  };
}

/** Keeps what the merchant assumes from now on. */
export async function saveAssumptions(scope: ShopScope, assumptions: Assumptions): Promise<void> {
  const { shopId } = scope;
  await scope.tx.bundleIdeaSearch.upsert({
    where: { shopId },
    create: { shopId, assumptions },
    update: { assumptions },
  });
}
