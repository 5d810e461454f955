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

/** What is noted of why an order gave what it gave. */
export const kept = z.object({
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

/** From when on a customer's orders are looked at. */
export interface From {
  readonly id: string;
  readonly from: Date;
}

const columnsOf = (customers: readonly From[]) => ({
  ids: toArrayLiteral(customers.map(({ id }) => id)),
  froms: toArrayLiteral(customers.map(({ from }) => from)),
});

/**
 * The earliest of these orders, as it stands now and as it was noted, for each customer whom they name or named: what a
 * customer did before that gives what it gave.
 */
export async function readEarliest(scope: ShopScope, orderIds: readonly string[]): Promise<Map<string, Date>> {
  const ids = [...orderIds];
  const rows = await scope.tx.$queryRaw<{ id: string; at: Date }[]>`
    SELECT customer_id AS id, min(placed_at) AS at FROM (
      SELECT o.customer_id, least(o.placed_at, n.placed_at) AS placed_at FROM "order" o
      LEFT JOIN loyalty_order n ON n.shop_id = o.shop_id AND n.order_id = o.id
      WHERE o.shop_id = ${scope.shopId}::uuid AND o.id = ANY(${ids}::text[]) AND o.customer_id IS NOT NULL
      UNION ALL
      SELECT customer_id, placed_at FROM loyalty_order
      WHERE shop_id = ${scope.shopId}::uuid AND order_id = ANY(${ids}::text[]) AND customer_id <> ''
    ) touched GROUP BY 1`;
  return new Map(rows.map(({ id, at }) => [id, at]));
}

interface NoteRow extends Omit<OrderNote, 'why' | 'collections' | 'grants'> {
  readonly reasons: unknown;
  readonly grants: unknown;
}

/** What these customers' orders have given from their moment on, and what these orders have. */
export async function readNotes(
  scope: ShopScope,
  customers: readonly From[],
  orderIds: readonly string[],
): Promise<OrderNote[]> {
  const { ids, froms } = columnsOf(customers);
  const rows = await scope.tx.$queryRaw<NoteRow[]>`
    SELECT n.order_id AS "orderId", n.customer_id AS "customerId", n.version, n.placed_at AS "placedAt", n.tier, n.points,
      n.reasons, n.grants, n.steps
    FROM unnest(${ids}::text[], ${froms}::timestamptz[]) AS c(id, "from")
    JOIN loyalty_order n ON n.shop_id = ${scope.shopId}::uuid AND n.customer_id = c.id AND n.placed_at >= c."from"
    UNION
    SELECT order_id, customer_id, version, placed_at, tier, points, reasons, grants, steps FROM loyalty_order
    WHERE shop_id = ${scope.shopId}::uuid AND order_id = ANY(${[...orderIds]}::text[])`;
  return rows.map(({ reasons, grants: given, ...row }) => ({
    ...row,
    ...kept.parse(reasons),
    grants: grants.parse(given),
  }));
}

/** What earlier orders of the same year have given by which rules, for limits of the day and the year. */
export interface GivenBefore {
  readonly customerId: string;
  readonly version: number;
  readonly placedAt: Date;
  readonly points: number;
}

/** What these customers' orders have given in the year before their moment. */
export async function readGivenBefore(scope: ShopScope, customers: readonly From[]): Promise<GivenBefore[]> {
  const { ids, froms } = columnsOf(customers);
  return scope.tx.$queryRaw<GivenBefore[]>`
    SELECT n.customer_id AS "customerId", n.version, n.placed_at AS "placedAt", n.points
    FROM unnest(${ids}::text[], ${froms}::timestamptz[]) AS c(id, "from")
    JOIN loyalty_order n ON n.shop_id = ${scope.shopId}::uuid AND n.customer_id = c.id AND n.placed_at < c."from"
      AND n.placed_at >= c."from" - interval '367 days' AND n.points > 0`;
}

interface OrderRow {
  readonly id: string;
  readonly customerId: string;
  readonly placedAt: Date;
  readonly cancelled: boolean;
  readonly currency: string;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  readonly goodwillMinor: number | null;
  readonly lines: PastOrder['lines'] | null;
}

/**
 * Orders of these customers from their moment on, without tests. Lines name only those collections of their product that are in
 * `collections`. The lines of all orders are read at once: order by order the products would be read for each.
 */
export async function readPastOrders(
  scope: ShopScope,
  customers: readonly From[],
  collections: readonly string[],
): Promise<(Omit<PastOrder, 'tier'> & { readonly customerId: string })[]> {
  const { ids, froms } = columnsOf(customers);
  const rows = await scope.tx.$queryRaw<OrderRow[]>`
    WITH found AS MATERIALIZED (
      SELECT o.id, o.customer_id AS "customerId", o.placed_at AS "placedAt", o.cancelled_at IS NOT NULL AS cancelled, o.currency,
        o.total_minor::float8 AS "totalMinor", o.refunded_minor::float8 AS "refundedMinor", o.goodwill_minor::float8 AS "goodwillMinor"
      FROM unnest(${ids}::text[], ${froms}::timestamptz[]) AS c(id, "from")
      JOIN "order" o ON o.shop_id = ${scope.shopId}::uuid AND o.customer_id = c.id AND o.placed_at >= c."from" AND NOT o.test
    ), bought AS (
      SELECT l.order_id, json_agg(json_build_object(
        'productId', l.product_id, 'quantity', l.quantity, 'refundedQuantity', l.refunded_quantity,
        'unitPriceMinor', l.unit_price_minor, 'discountMinor', l.discount_minor, 'subscription', l.selling_plan,
        'giftCard', coalesce(p.gift_card, false),
        'collectionIds', ARRAY(SELECT c FROM unnest(p.collection_ids) c WHERE c = ANY(${[...collections]}::text[]))
      ) ORDER BY l.id) AS lines
      FROM order_line l LEFT JOIN product p ON p.shop_id = l.shop_id AND p.id = l.product_id
      WHERE l.shop_id = ${scope.shopId}::uuid AND l.order_id = ANY(ARRAY(SELECT id FROM found))
      GROUP BY l.order_id
    )
    SELECT f.*, b.lines FROM found f LEFT JOIN bought b ON b.order_id = f.id`;
  return rows.map(({ lines, ...row }) => ({ ...row, lines: lines ?? [] }));
}

/**
 * These customers, with what they did before their moment. An order counts there unless it was cancelled or given back in
 * full; of those since the programme began also by units.
 */
export async function readEarningCustomers(
  scope: ShopScope,
  customers: readonly From[],
  since: Date,
): Promise<EarningCustomer[]> {
  const { ids, froms } = columnsOf(customers);
  return scope.tx.$queryRaw<EarningCustomer[]>`
    SELECT c.id, m.joined_at AS "joinedAt", k.platform_created_at AS since,
      coalesce(o.orders, 0)::int AS "ordersBefore", o.last_at AS "lastOrderAt", coalesce(o.plans, 0)::int AS "subscriptionsBefore"
    FROM unnest(${ids}::text[], ${froms}::timestamptz[]) AS c(id, "from")
    LEFT JOIN loyalty_member m ON m.shop_id = ${scope.shopId}::uuid AND m.customer_id = c.id
    LEFT JOIN customer k ON k.shop_id = ${scope.shopId}::uuid AND k.id = c.id
    LEFT JOIN LATERAL (
      SELECT count(*) AS orders, max(o.placed_at) AS last_at, count(*) FILTER (WHERE l.plan AND o.placed_at >= ${since}) AS plans
      FROM "order" o
      LEFT JOIN LATERAL (
        SELECT bool_and(refunded_quantity >= quantity) AS back, bool_or(selling_plan) AS plan FROM order_line
        WHERE shop_id = o.shop_id AND order_id = o.id AND o.placed_at >= ${since}
      ) l ON true
      WHERE o.shop_id = ${scope.shopId}::uuid AND o.customer_id = c.id AND o.placed_at < c."from" AND NOT o.test
        AND o.cancelled_at IS NULL AND NOT (o.total_minor > 0 AND o.refunded_minor >= o.total_minor)
        AND NOT coalesce(l.back, false)
    ) o ON true`;
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
