import type { ShopScope } from '#app/infra/database.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { PlatformOrder, ShippingDiscount } from '#app/platforms/platform.ts';
import { isUuid } from '#app/shared/ids.ts';
import { countryOf, regionOf } from './region.ts';

/**
 * Writes a batch of orders with their lines. An order that is older than what is stored (by the platform's
 * clock) changes nothing, its lines included. Returns the ids that were written.
 */
export async function upsertOrders(scope: ShopScope, orders: readonly PlatformOrder[]): Promise<string[]> {
  const newest = new Map<string, PlatformOrder>();
  for (const order of orders) {
    const known = newest.get(order.id);
    if (!known || known.updatedAt <= order.updatedAt) newest.set(order.id, order);
  }
  // A fixed order of ids keeps two writers from waiting for each other in a circle.
  const rows = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (rows.length === 0) return [];
  const saved = await saveHeads(scope, rows);
  // The row lock of the head is held: nobody else writes these lines until we commit, so they can simply be
  // replaced. A new order has none, and inserting without looking for conflicts is what makes an import fast.
  const known = saved.filter((row) => row.known).map((row) => row.id);
  const repeating = await removeLines(scope, known);
  const written = new Set(saved.map((row) => row.id));
  await insertLines(
    scope,
    rows.filter((row) => written.has(row.id)),
    repeating,
  );
  return [...written];
}

const lineKey = (orderId: string, lineId: string): string => `${orderId} ${lineId}`;

/** Removes the lines of orders; returns those that were bought with a plan, which not every answer of a platform tells. */
async function removeLines({ tx, shopId }: ShopScope, orderIds: string[]): Promise<ReadonlySet<string>> {
  if (orderIds.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ orderId: string; id: string }[]>`
    WITH gone AS (
      DELETE FROM order_line WHERE shop_id = ${shopId}::uuid AND order_id = ANY(${orderIds}::text[])
      RETURNING order_id, id, selling_plan
    )
    SELECT order_id AS "orderId", id FROM gone WHERE selling_plan`;
  return new Set(rows.map(({ orderId, id }) => lineKey(orderId, id)));
}

async function saveHeads(scope: ShopScope, rows: readonly PlatformOrder[]): Promise<{ id: string; known: boolean }[]> {
  const column = (read: (order: PlatformOrder) => string | number | boolean | Date | null) =>
    toArrayLiteral(rows.map(read));
  // A row that was there before carries the mark of its old version (xmax).
  return scope.tx.$queryRaw<{ id: string; known: boolean }[]>`
    INSERT INTO "order" (shop_id, id, name, customer_id, placed_at, platform_updated_at, cancelled_at, currency, subtotal_minor,
      discount_minor, total_minor, refunded_minor, goodwill_minor, shipping_minor, shipping_off_minor, shipping_gift_minor, visitor_id, referral, test,
      country, region, tax_bps, discount_codes, gifts)
    SELECT ${scope.shopId}::uuid, * FROM unnest(
      ${column((order) => order.id)}::text[],
      ${column((order) => order.name)}::text[],
      ${column((order) => order.customerId)}::text[],
      ${column((order) => order.placedAt)}::timestamptz[],
      ${column((order) => order.updatedAt)}::timestamptz[],
      ${column((order) => order.cancelledAt)}::timestamptz[],
      ${column((order) => order.currency)}::text[],
      ${column((order) => order.subtotalMinor)}::bigint[],
      ${column((order) => order.discountMinor)}::bigint[],
      ${column((order) => order.totalMinor)}::bigint[],
      ${column((order) => order.refundedMinor)}::bigint[],
      ${column((order) => order.goodwillMinor ?? null)}::bigint[],
      ${column(({ shipping }) => shipping?.paidMinor ?? null)}::bigint[],
      ${column(({ shipping }) => offShipping(shipping?.off))}::bigint[],
      ${column(({ shipping }) => offShipping(shipping?.off?.filter(({ by }) => by === 'ours')))}::bigint[],
      ${column((order) => order.visitorId)}::text[],
      ${column((order) => order.referral ?? null)}::text[],
      ${column((order) => order.test)}::boolean[],
      ${column(({ buyer }) => countryOf(buyer?.country))}::text[],
      ${column(({ buyer }) => regionOf(buyer))}::text[],
      ${column((order) => order.taxBps ?? null)}::int[],
      ${column(({ codes = [] }) => JSON.stringify(codes.map(({ code, discountMinor: minor }) => ({ code, minor }))))}::jsonb[],
      ${column(giftsIn)}::jsonb[])
    ON CONFLICT (shop_id, id) DO UPDATE SET
      name = excluded.name, customer_id = excluded.customer_id, placed_at = excluded.placed_at,
      platform_updated_at = excluded.platform_updated_at, cancelled_at = excluded.cancelled_at, currency = excluded.currency,
      subtotal_minor = excluded.subtotal_minor, discount_minor = excluded.discount_minor, total_minor = excluded.total_minor,
      refunded_minor = excluded.refunded_minor, goodwill_minor = excluded.goodwill_minor, visitor_id = excluded.visitor_id, referral = excluded.referral, test = excluded.test,
      -- An answer that does not say who ordered, with what tax, or what it cost to deliver, takes nothing back.
      shipping_minor = coalesce(excluded.shipping_minor, "order".shipping_minor),
      shipping_off_minor = coalesce(excluded.shipping_off_minor, "order".shipping_off_minor),
      -- An offer that was renamed since is not known by the title that the order has: what was ours stays ours.
      shipping_gift_minor = CASE WHEN excluded.shipping_off_minor = "order".shipping_off_minor
        THEN greatest(excluded.shipping_gift_minor, "order".shipping_gift_minor)
        ELSE coalesce(excluded.shipping_gift_minor, "order".shipping_gift_minor) END,
      country = coalesce(excluded.country, "order".country), region = coalesce(excluded.region, "order".region),
      tax_bps = coalesce(excluded.tax_bps, "order".tax_bps),
      discount_codes = excluded.discount_codes,
      gifts = CASE WHEN excluded.discount_minor = "order".discount_minor AND jsonb_array_length(excluded.gifts) < jsonb_array_length("order".gifts)
        THEN "order".gifts ELSE coalesce(excluded.gifts, "order".gifts) END
    WHERE excluded.platform_updated_at >= "order".platform_updated_at
    RETURNING id, xmax <> 0 AS known`;
}

const offShipping = (discounts: readonly ShippingDiscount[] | undefined): number | null =>
  discounts?.reduce((sum, { minor }) => sum + minor, 0) ?? null;

/** What offers of ours took off each line and off shipping (line null), as JSON; null where the answer does not tell. */
function giftsIn({ lines, shipping }: PlatformOrder): string | null {
  if (lines.every(({ gifts }) => gifts === undefined)) return null;
  const offGoods = lines.flatMap(({ id, gifts = [] }) => gifts.map((gift) => ({ line: id, ...gift })));
  const off = (shipping?.off ?? []).flatMap(({ minor, of = [] }) => (of.length > 0 ? [{ line: null, minor, of }] : []));
  return JSON.stringify([...offGoods, ...off]);
}

async function insertLines(
  scope: ShopScope,
  orders: readonly PlatformOrder[],
  repeating: ReadonlySet<string>,
): Promise<void> {
  const lines = orders.flatMap((order) => {
    const byId = new Map(order.lines.map((line) => [line.id, line]));
    return [...byId.values()].map((line) => ({ orderId: order.id, line }));
  });
  if (lines.length === 0) return;
  const column = (read: (line: PlatformOrder['lines'][number]) => string | number | null) =>
    toArrayLiteral(lines.map(({ line }) => read(line)));
  await scope.tx.$executeRaw`
    INSERT INTO order_line (shop_id, order_id, id, product_id, variant_id, title, quantity, unit_price_minor, discount_minor,
      refunded_quantity, bundle_id, source, selling_plan)
    SELECT ${scope.shopId}::uuid, * FROM unnest(
      ${toArrayLiteral(lines.map(({ orderId }) => orderId))}::text[],
      ${column((line) => line.id)}::text[],
      ${column((line) => line.productId)}::text[],
      ${column((line) => line.variantId)}::text[],
      ${column((line) => line.title)}::text[],
      ${column((line) => line.quantity)}::int[],
      ${column((line) => line.unitPriceMinor)}::bigint[],
      ${column((line) => line.discountMinor)}::bigint[],
      ${column((line) => line.refundedQuantity)}::int[],
      ${
        // Buyers can edit the mark of a bundle: what is no id of ours is no mark.
        column(({ bundleId }) => (bundleId !== null && isUuid(bundleId) ? bundleId : null))
      }::uuid[],
      ${column((line) => line.source)}::text[],
      ${toArrayLiteral(
        lines.map(({ orderId, line }) => line.sellingPlan ?? repeating.has(lineKey(orderId, line.id))),
      )}::boolean[])`;
}

export async function deleteOrder(scope: ShopScope, id: string): Promise<void> {
  await scope.tx.orderLine.deleteMany({ where: { shopId: scope.shopId, orderId: id } });
  await scope.tx.order.deleteMany({ where: { shopId: scope.shopId, id } });
}

/**
 * Orders placed since then that stand in none of these currencies; without tests and cancelled ones.
 * @param known the shop's, and those that it has a rate of
 */
export const countOrdersInOtherCurrency = (
  { tx, shopId }: ShopScope,
  known: readonly string[],
  since: Date,
): Promise<number> =>
  tx.order.count({
    where: { shopId, placedAt: { gte: since }, currency: { notIn: [...known] }, test: false, cancelledAt: null },
  });

const ofPerson = (scope: ShopScope, customerIds: readonly string[], orderIds: readonly string[]) => ({
  shopId: scope.shopId,
  OR: [{ id: { in: [...orderIds] } }, { customerId: { in: [...customerIds] } }],
});

/** Visitor ids that the orders of a person carry. */
export async function readVisitorsOf(
  scope: ShopScope,
  customerIds: readonly string[],
  orderIds: readonly string[],
): Promise<string[]> {
  const rows = await scope.tx.order.findMany({
    where: ofPerson(scope, customerIds, orderIds),
    select: { visitorId: true },
  });
  return [...new Set(rows.flatMap((row) => (row.visitorId === null ? [] : [row.visitorId])))];
}

/** A statement takes 32,767 parameters; the customer of a cash desk may have more orders. */
const idsAtOnce = 10_000;

const linesOf = (scope: ShopScope, orderIds: readonly string[]) =>
  scope.tx.orderLine.findMany({
    where: { shopId: scope.shopId, orderId: { in: [...orderIds] } },
    omit: { shopId: true },
    orderBy: { id: 'asc' },
  });

/** A person's orders with their lines, oldest first, for a customer who asks for their data. Amounts in minor units. */
export async function readOrdersOf(scope: ShopScope, customerIds: readonly string[], orderIds: readonly string[]) {
  const orders = await scope.tx.order.findMany({
    where: ofPerson(scope, customerIds, orderIds),
    omit: { shopId: true },
    orderBy: [{ placedAt: 'asc' }, { id: 'asc' }],
  });
  const lines = new Map<string, Awaited<ReturnType<typeof linesOf>>>();
  for (let from = 0; from < orders.length; from += idsAtOnce) {
    const ids = orders.slice(from, from + idsAtOnce).map((order) => order.id);
    for (const [id, some] of Map.groupBy(await linesOf(scope, ids), (line) => line.orderId)) lines.set(id, some);
  }
  return orders.map((order) => ({
    ...order,
    subtotalMinor: Number(order.subtotalMinor),
    discountMinor: Number(order.discountMinor),
    totalMinor: Number(order.totalMinor),
    refundedMinor: Number(order.refundedMinor),
    goodwillMinor: order.goodwillMinor === null ? null : Number(order.goodwillMinor),
    shippingMinor: order.shippingMinor === null ? null : Number(order.shippingMinor),
    shippingOffMinor: order.shippingOffMinor === null ? null : Number(order.shippingOffMinor),
    shippingGiftMinor: order.shippingGiftMinor === null ? null : Number(order.shippingGiftMinor),
    lines: (lines.get(order.id) ?? []).map(({ orderId: _orderId, ...line }) => ({
      ...line,
      unitPriceMinor: Number(line.unitPriceMinor),
      discountMinor: Number(line.discountMinor),
    })),
  }));
}

/** Takes the person off orders, keeps the sums. */
export async function anonymiseOrders(
  scope: ShopScope,
  customerIds: readonly string[],
  orderIds: readonly string[],
): Promise<void> {
  await scope.tx.order.updateMany({
    where: ofPerson(scope, customerIds, orderIds),
    data: { customerId: null, visitorId: null, referral: null, country: null, region: null },
  });
}

/** Number of stored orders and the time of the newest. */
export async function countOrders(scope: ShopScope): Promise<{ orders: number; latestAt: Date | null }> {
  const answer = await scope.tx.order.aggregate({
    where: { shopId: scope.shopId },
    _count: true,
    _max: { placedAt: true },
  });
  return { orders: answer._count, latestAt: answer._max.placedAt };
}

/** Ids of orders, `limit` at most, following `after` ('' at the start) in the order of the text. */
export async function readOrderIdsAfter(scope: ShopScope, after: string, limit: number): Promise<string[]> {
  const rows = await scope.tx.order.findMany({
    where: { shopId: scope.shopId, id: { gt: after } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map((row) => row.id);
}
