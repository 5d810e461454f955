import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';

interface Placed {
  readonly id: string;
  readonly customerId: string;
  readonly placedAt: Date;
}

/**
 * The tier in which each of these orders' customers were when they ordered ('' = none), however late the store told us:
 * by the last change before it, or else by what the first change after it changed; without changes the tier of today.
 */
export async function readTiersAt({ tx, shopId }: ShopScope, orders: readonly Placed[]): Promise<Map<string, string>> {
  if (orders.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; tier: string }[]>`
    SELECT o.id, coalesce(
      (SELECT c.to_tier FROM loyalty_tier_change c
        WHERE c.shop_id = ${shopId}::uuid AND c.customer_id = o.customer_id AND c.at <= o.placed_at
        ORDER BY c.at DESC, c.id DESC LIMIT 1),
      (SELECT c.from_tier FROM loyalty_tier_change c
        WHERE c.shop_id = ${shopId}::uuid AND c.customer_id = o.customer_id AND c.at > o.placed_at
        ORDER BY c.at, c.id LIMIT 1),
      m.tier, '') AS tier
    FROM unnest(${toArrayLiteral(orders.map(({ id }) => id))}::text[],
      ${toArrayLiteral(orders.map(({ customerId }) => customerId))}::text[],
      ${toArrayLiteral(orders.map(({ placedAt }) => placedAt))}::timestamptz[]) AS o(id, customer_id, placed_at)
    LEFT JOIN loyalty_member m ON m.shop_id = ${shopId}::uuid AND m.customer_id = o.customer_id`;
  return new Map(rows.map(({ id, tier }) => [id, tier]));
}
