import type { ShopScope } from '#app/infra/database.ts';
import type { CaseCount } from './rules.ts';

/** Baskets of at least two products placed since `since`, the latest `most`; products in id order. */
export async function readBasketsSince(scope: ShopScope, since: Date, most: number): Promise<string[][]> {
  const rows = await scope.tx.$queryRaw<{ products: string[] }[]>`
    SELECT array_agg(DISTINCT l.product_id) AS products
    FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
    WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at > ${since} AND o.cancelled_at IS NULL AND NOT o.test
      AND l.product_id IS NOT NULL AND l.quantity > l.refunded_quantity
    GROUP BY o.id, o.placed_at HAVING count(DISTINCT l.product_id) BETWEEN 2 AND 50
    ORDER BY o.placed_at DESC, o.id LIMIT ${most}`;
  return rows.map((row) => [...row.products].sort());
}

export async function writeCases(scope: ShopScope, version: number, { cases, hits }: CaseCount): Promise<void> {
  await scope.tx.recommendationVersion.updateMany({ where: { shopId: scope.shopId, version }, data: { cases, hits } });
}

/** What the last versions before this one hit in the day after their training. */
export async function readPastCases(scope: ShopScope, version: number, most: number): Promise<CaseCount[]> {
  return scope.tx.recommendationVersion.findMany({
    where: { shopId: scope.shopId, version: { lt: version }, status: 'retired', cases: { gt: 0 } },
    orderBy: { version: 'desc' },
    take: most,
    select: { cases: true, hits: true },
  });
}
