import type { ShopScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { isUuid } from '#app/shared/ids.ts';

/**
 * Writes a batch of orders with their lines in one statement. An order that is older than what is stored (by
 * the platform's clock) changes nothing, its lines included. Returns the ids that were written.
 */
export async function upsertOrders(scope: ShopScope, orders: readonly PlatformOrder[]): Promise<string[]> {
  const newest = new Map<string, PlatformOrder>();
  for (const order of orders) {
    const known = newest.get(order.id);
    if (!known || known.updatedAt <= order.updatedAt) newest.set(order.id, order);
  }
  const rows = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (rows.length === 0) return [];
  // Buyers can edit the mark of a bundle: what is no id of ours is no mark.
  const lines = rows.flatMap((order) =>
    order.lines.map((line) => ({ ...line, orderId: order.id, bundleId: line.bundleId !== null && isUuid(line.bundleId) ? line.bundleId : null })),
  );
  const written = await scope.tx.$queryRaw<{ id: string }[]>`
    WITH input AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${toJsonb(rows.map((order) => ({ ...order, lines: undefined })))}::jsonb) AS o(
        id text, name text, "customerId" text, "placedAt" timestamptz, "updatedAt" timestamptz, "cancelledAt" timestamptz, currency text,
        "subtotalMinor" bigint, "discountMinor" bigint, "totalMinor" bigint, "refundedMinor" bigint, "visitorId" text, test boolean)
    ), saved AS (
      INSERT INTO "order" (shop_id, id, name, customer_id, placed_at, platform_updated_at, cancelled_at, currency, subtotal_minor,
        discount_minor, total_minor, refunded_minor, visitor_id, test)
      SELECT ${scope.shopId}::uuid, id, name, "customerId", "placedAt", "updatedAt", "cancelledAt", currency, "subtotalMinor",
        "discountMinor", "totalMinor", "refundedMinor", "visitorId", test FROM input
      ON CONFLICT (shop_id, id) DO UPDATE SET
        name = excluded.name, customer_id = excluded.customer_id, placed_at = excluded.placed_at,
        platform_updated_at = excluded.platform_updated_at, cancelled_at = excluded.cancelled_at, currency = excluded.currency,
        subtotal_minor = excluded.subtotal_minor, discount_minor = excluded.discount_minor, total_minor = excluded.total_minor,
        refunded_minor = excluded.refunded_minor, visitor_id = excluded.visitor_id, test = excluded.test
      WHERE excluded.platform_updated_at >= "order".platform_updated_at
      -- A row that was there before carries the mark of its old version.
      RETURNING id, xmax <> 0 AS known
    ), part AS MATERIALIZED (
      SELECT l.* FROM jsonb_to_recordset(${toJsonb(lines)}::jsonb) AS l(
        id text, "orderId" text, "productId" text, "variantId" text, title text, quantity int, "unitPriceMinor" bigint,
        "discountMinor" bigint, "refundedQuantity" int, "bundleId" uuid, source text)
      JOIN saved ON saved.id = l."orderId"
    ), gone AS (
      -- The array makes this an index scan: joining the CTE, whose size the planner cannot know, scans the table.
      DELETE FROM order_line
      WHERE order_line.shop_id = ${scope.shopId}::uuid AND order_line.order_id = ANY (ARRAY(SELECT id FROM saved))
        AND (order_line.order_id, order_line.id) NOT IN (SELECT part."orderId", part.id FROM part)
    ), parts AS (
      INSERT INTO order_line (shop_id, order_id, id, product_id, variant_id, title, quantity, unit_price_minor, discount_minor,
        refunded_quantity, bundle_id, source)
      SELECT ${scope.shopId}::uuid, "orderId", id, "productId", "variantId", title, quantity, "unitPriceMinor", "discountMinor",
        "refundedQuantity", "bundleId", source FROM part
      ON CONFLICT (shop_id, order_id, id) DO UPDATE SET
        product_id = excluded.product_id, variant_id = excluded.variant_id, title = excluded.title, quantity = excluded.quantity,
        unit_price_minor = excluded.unit_price_minor, discount_minor = excluded.discount_minor,
        refunded_quantity = excluded.refunded_quantity, bundle_id = excluded.bundle_id, source = excluded.source
    )
    SELECT id FROM saved`;
  return written.map((row) => row.id);
}

export async function deleteOrder(scope: ShopScope, id: string): Promise<void> {
  await scope.tx.orderLine.deleteMany({ where: { shopId: scope.shopId, orderId: id } });
  await scope.tx.order.deleteMany({ where: { shopId: scope.shopId, id } });
}

const ofPerson = (scope: ShopScope, customerIds: readonly string[], orderIds: readonly string[]) => ({
  shopId: scope.shopId,
  OR: [{ id: { in: [...orderIds] } }, { customerId: { in: [...customerIds] } }],
});

/** Visitor ids that the orders of a person carry. */
export async function readVisitorsOf(scope: ShopScope, customerIds: readonly string[], orderIds: readonly string[]): Promise<string[]> {
  const rows = await scope.tx.order.findMany({ where: ofPerson(scope, customerIds, orderIds), select: { visitorId: true } });
  return [...new Set(rows.flatMap((row) => (row.visitorId === null ? [] : [row.visitorId])))];
}

/** Takes the person off orders, keeps the sums. */
export async function anonymiseOrders(scope: ShopScope, customerIds: readonly string[], orderIds: readonly string[]): Promise<void> {
  await scope.tx.order.updateMany({ where: ofPerson(scope, customerIds, orderIds), data: { customerId: null, visitorId: null } });
}

export interface OrderDay {
  /** YYYY-MM-DD in the shop's time zone */
  readonly day: string;
  readonly orders: number;
  /** paid minus refunded, minor units of the shop's currency */
  readonly revenueMinor: number;
  /** lines that carry a bundle mark or the mark of a widget, after discounts, minor units */
  readonly assistedMinor: number;
}

/** Orders and revenue by day in the shop's time zone, test and cancelled orders left out. */
export async function readOrderDays(scope: ShopScope, since: Date, timeZone: string): Promise<OrderDay[]> {
  const rows = await scope.tx.$queryRaw<{ day: string; orders: bigint; revenue: bigint; assisted: bigint }[]>`
    SELECT to_char(o.placed_at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, count(*) AS orders,
      coalesce(sum(o.total_minor - o.refunded_minor), 0)::bigint AS revenue,
      coalesce(sum((SELECT sum(greatest(0, l.quantity - l.refunded_quantity) * l.unit_price_minor - l.discount_minor) FROM order_line l
        WHERE l.shop_id = o.shop_id AND l.order_id = o.id AND (l.bundle_id IS NOT NULL OR l.source IS NOT NULL))), 0)::bigint AS assisted
    FROM "order" o WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at >= ${since} AND NOT o.test AND o.cancelled_at IS NULL
    GROUP BY 1 ORDER BY 1`;
  return rows.map((row) => ({ day: row.day, orders: Number(row.orders), revenueMinor: Number(row.revenue), assistedMinor: Number(row.assisted) }));
}

/** Number of stored orders and the time of the newest. */
export async function countOrders(scope: ShopScope): Promise<{ orders: number; latestAt: Date | null }> {
  const answer = await scope.tx.order.aggregate({ where: { shopId: scope.shopId }, _count: true, _max: { placedAt: true } });
  return { orders: answer._count, latestAt: answer._max.placedAt };
}
