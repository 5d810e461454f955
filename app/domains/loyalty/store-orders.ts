import { z } from 'zod';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { EarningCustomer, PastOrder } from './earn-history.ts';
import type { GrantState } from './movements.ts';
import type { Reason } from './points-of-order.ts';

/** What an order has given, as it is kept. */
export interface OrderNote extends GrantState {
  readonly orderId: string;
  readonly version: number;
  readonly placedAt: Date;
  /** id of the tier when the order arrived; '' = none */
  readonly tier: string;
  readonly points: number;
  readonly why: readonly Reason[];
  /** collections that multipliers name, by product, when the order arrived */
  readonly collections: Readonly<Record<string, readonly string[]>>;
}

const kept = z.object({
  why: z.array(
    z.object({ rule: z.string(), kind: z.custom<Reason['kind']>((kind) => typeof kind === 'string'), points: z.int() }),
  ),
  collections: z.record(z.string(), z.array(z.string())),
});
const grants = z.array(z.object({ step: z.int(), left: z.int() }));

/** Customers whom these orders name now, with when each was placed, and whom they named when they earned. */
export async function readOrderCustomers(
  scope: ShopScope,
  orderIds: readonly string[],
): Promise<{ customerId: string; placedAt: Date | null }[]> {
  const ids = [...orderIds];
  return scope.tx.$queryRaw<{ customerId: string; placedAt: Date | null }[]>`
    SELECT customer_id AS "customerId", placed_at AS "placedAt" FROM "order"
    WHERE shop_id = ${scope.shopId}::uuid AND id = ANY(${ids}::text[]) AND customer_id IS NOT NULL AND NOT test
    UNION ALL
    SELECT customer_id, NULL FROM loyalty_order
    WHERE shop_id = ${scope.shopId}::uuid AND order_id = ANY(${ids}::text[]) AND customer_id <> ''
    ORDER BY 2 NULLS LAST`;
}

/** What these customers' orders, and these orders, have given. */
export async function readNotes(
  scope: ShopScope,
  customerIds: readonly string[],
  orderIds: readonly string[],
): Promise<OrderNote[]> {
  const { shopId } = scope;
  const rows = await scope.tx.loyaltyOrder.findMany({
    where: { shopId, OR: [{ customerId: { in: [...customerIds] } }, { orderId: { in: [...orderIds] } }] },
    omit: { shopId: true, changedAt: true },
  });
  return rows.map(({ reasons, grants: given, ...row }) => ({
    ...row,
    ...kept.parse(reasons),
    grants: grants.parse(given),
  }));
}

interface OrderRow {
  readonly id: string;
  readonly customerId: string;
  readonly placedAt: Date;
  readonly cancelled: boolean;
  readonly currency: string;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  readonly lines: PastOrder['lines'] | null;
}

/**
 * Orders of these customers since a moment, without tests. Lines name only those collections of their product that are in
 * `collections`.
 */
export async function readPastOrders(
  scope: ShopScope,
  customerIds: readonly string[],
  since: Date,
  collections: readonly string[],
): Promise<(Omit<PastOrder, 'tier'> & { readonly customerId: string })[]> {
  const rows = await scope.tx.$queryRaw<OrderRow[]>`
    SELECT o.id, o.customer_id AS "customerId", o.placed_at AS "placedAt", o.cancelled_at IS NOT NULL AS cancelled, o.currency,
      o.total_minor::float8 AS "totalMinor", o.refunded_minor::float8 AS "refundedMinor", l.lines
    FROM "order" o
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object(
        'productId', l.product_id, 'quantity', l.quantity, 'refundedQuantity', l.refunded_quantity,
        'unitPriceMinor', l.unit_price_minor, 'discountMinor', l.discount_minor, 'subscription', l.selling_plan,
        'giftCard', coalesce(p.gift_card, false),
        'collectionIds', ARRAY(SELECT c FROM unnest(p.collection_ids) c WHERE c = ANY(${[...collections]}::text[]))
      ) ORDER BY l.id) AS lines
      FROM order_line l LEFT JOIN product p ON p.shop_id = l.shop_id AND p.id = l.product_id
      WHERE l.shop_id = o.shop_id AND l.order_id = o.id
    ) l ON true
    WHERE o.shop_id = ${scope.shopId}::uuid AND o.customer_id = ANY(${[...customerIds]}::text[]) AND NOT o.test
      AND o.placed_at >= ${since}`;
  return rows.map(({ lines, ...row }) => ({ ...row, lines: lines ?? [] }));
}

/**
 * These customers, with what they did before the programme began. An order counts there unless it was cancelled or given
 * back in full.
 */
export async function readEarningCustomers(
  scope: ShopScope,
  customerIds: readonly string[],
  before: Date,
): Promise<(EarningCustomer & { readonly tier: string })[]> {
  const ids = [...customerIds];
  return scope.tx.$queryRaw<(EarningCustomer & { readonly tier: string })[]>`
    SELECT ids.id, m.joined_at AS "joinedAt", coalesce(m.tier, '') AS tier, c.platform_created_at AS since,
      coalesce(o.orders, 0)::int AS "ordersBefore", o.last_at AS "lastOrderAt"
    FROM unnest(${ids}::text[]) AS ids(id)
    LEFT JOIN loyalty_member m ON m.shop_id = ${scope.shopId}::uuid AND m.customer_id = ids.id
    LEFT JOIN customer c ON c.shop_id = ${scope.shopId}::uuid AND c.id = ids.id
    LEFT JOIN (
      SELECT customer_id, count(*) AS orders, max(placed_at) AS last_at FROM "order"
      WHERE shop_id = ${scope.shopId}::uuid AND customer_id = ANY(${ids}::text[]) AND placed_at < ${before}
        AND NOT test AND cancelled_at IS NULL AND NOT (total_minor > 0 AND refunded_minor >= total_minor)
      GROUP BY customer_id
    ) o ON o.customer_id = ids.id`;
}

/** Keeps what orders have given, in one statement. */
export async function saveNotes(scope: ShopScope, notes: readonly OrderNote[], now: Date): Promise<void> {
  if (notes.length === 0) return;
  const column = (read: (note: OrderNote) => string | number | Date) => toArrayLiteral(notes.map(read));
  await scope.tx.$executeRaw`
    INSERT INTO loyalty_order (shop_id, order_id, customer_id, version, placed_at, tier, points, reasons, grants, steps, changed_at)
    SELECT ${scope.shopId}::uuid, *, ${now}::timestamptz FROM unnest(
      ${column(({ orderId }) => orderId)}::text[],
      ${column(({ customerId }) => customerId)}::text[],
      ${column(({ version }) => version)}::int[],
      ${column(({ placedAt }) => placedAt)}::timestamptz[],
      ${column(({ tier }) => tier)}::text[],
      ${column(({ points }) => points)}::int[],
      ${column(({ why, collections }) => JSON.stringify({ why, collections }))}::jsonb[],
      ${column((note) => JSON.stringify(note.grants))}::jsonb[],
      ${column(({ steps }) => steps)}::int[])
    ON CONFLICT (shop_id, order_id) DO UPDATE SET customer_id = excluded.customer_id, version = excluded.version,
      placed_at = excluded.placed_at, tier = excluded.tier, points = excluded.points, reasons = excluded.reasons,
      grants = excluded.grants, steps = excluded.steps, changed_at = excluded.changed_at`;
}
