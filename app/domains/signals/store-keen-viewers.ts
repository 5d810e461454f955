import type { ShopScope } from '#app/infra/database.ts';
import { linkedBrowsers } from './store-linked.ts';

/** A customer who looked at a product again and again. */
export interface KeenViewer {
  readonly customerId: string;
  readonly productId: string;
}

/**
 * Customers who looked at one product so often since then and have not ordered it since: of the product that each looked at
 * most.
 */
export async function readKeenViewers(
  scope: ShopScope,
  { times, since }: { readonly times: number; readonly since: Date },
): Promise<KeenViewer[]> {
  return scope.tx.$queryRaw<KeenViewer[]>`
    WITH known AS (${linkedBrowsers(scope.shopId, null)}), viewed AS (
      SELECT k.customer_id, s.product_id, count(*) AS times, max(s.occurred_at) AS last_at
      FROM signal s JOIN known k USING (visitor_id)
      WHERE s.shop_id = ${scope.shopId}::uuid AND s.kind = 'view' AND s.product_id IS NOT NULL AND s.occurred_at >= ${since}
      GROUP BY 1, 2 HAVING count(*) >= ${times}
    )
    SELECT DISTINCT ON (v.customer_id) v.customer_id AS "customerId", v.product_id AS "productId" FROM viewed v
    WHERE NOT EXISTS (SELECT 1 FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
      WHERE o.shop_id = ${scope.shopId}::uuid AND o.customer_id = v.customer_id AND o.placed_at >= ${since}
        AND o.cancelled_at IS NULL AND l.product_id = v.product_id)
    ORDER BY v.customer_id, v.times DESC, v.last_at DESC, v.product_id`;
}
