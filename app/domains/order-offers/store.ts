import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { noOrderOffers, type OfferCode, type OfferedOrder, type OrderOfferSettings } from './model.ts';
import { isUndone } from './rules.ts';

/** What the merchant decided, or that nothing is offered. */
export async function readOrderOfferSettings(scope: ShopScope): Promise<OrderOfferSettings> {
  const row = await scope.tx.orderOfferSetting.findUnique({
    where: { shopId: scope.shopId },
    select: { active: true, discountBps: true, hours: true },
  });
  return row ?? noOrderOffers;
}

export async function saveOrderOfferSettings(scope: ShopScope, settings: OrderOfferSettings): Promise<void> {
  const { shopId } = scope;
  await scope.tx.orderOfferSetting.upsert({
    where: { shopId },
    create: { shopId, ...settings },
    update: settings,
  });
}

/** The order's code, or null where nobody has asked for it. */
export async function findOfferCode(scope: ShopScope, orderId: string): Promise<OfferCode | null> {
  return scope.tx.orderOffer.findUnique({
    where: { shopId_orderId: { shopId: scope.shopId, orderId } },
    omit: { shopId: true, createdAt: true },
  });
}

/** Keeps the order's code; where two ask at once, both get the one that came first. */
export async function claimOfferCode(scope: ShopScope, code: Omit<OfferCode, 'discountId'>): Promise<OfferCode> {
  await scope.tx.orderOffer.createMany({
    data: [{ shopId: scope.shopId, ...code, variantIds: [...code.variantIds] }],
    skipDuplicates: true,
  });
  return (await findOfferCode(scope, code.orderId)) ?? { ...code, discountId: null };
}

/** The largest discount of a code that may be used, or that the next order earns; basis points, 0 = none. */
export async function largestOfferCode(scope: ShopScope, now: Date): Promise<number> {
  const { shopId } = scope;
  const { active, discountBps } = await readOrderOfferSettings(scope);
  const { _max } = await scope.tx.orderOffer.aggregate({
    where: { shopId, endsAt: { gt: now } },
    _max: { discountBps: true },
  });
  return Math.max(active ? discountBps : 0, _max.discountBps ?? 0);
}

/** The platform has the code now. */
export async function noteOfferCodeMade(scope: ShopScope, orderId: string, discountId: string): Promise<void> {
  await scope.tx.orderOffer.updateMany({ where: { shopId: scope.shopId, orderId }, data: { discountId } });
}

/** The order as it stands in the mirror, or null where it has not arrived. */
export async function findOfferedOrder(
  scope: ShopScope,
  orderId: string,
): Promise<(OfferedOrder & { readonly visitorId: string | null }) | null> {
  const [order, lines] = await Promise.all([
    scope.tx.order.findUnique({
      where: { shopId_id: { shopId: scope.shopId, id: orderId } },
      select: {
        placedAt: true,
        cancelledAt: true,
        customerId: true,
        visitorId: true,
        totalMinor: true,
        refundedMinor: true,
      },
    }),
    scope.tx.orderLine.findMany({
      where: { shopId: scope.shopId, orderId },
      select: { productId: true, quantity: true, refundedQuantity: true },
    }),
  ]);
  if (!order) return null;
  const { placedAt, customerId, visitorId, cancelledAt } = order;
  const [totalMinor, refundedMinor] = [Number(order.totalMinor), Number(order.refundedMinor)];
  const productIds = lines.flatMap((line) => (line.productId === null ? [] : [line.productId]));
  return {
    placedAt,
    customerId,
    visitorId,
    cancelled: isUndone({ cancelledAt, totalMinor, refundedMinor, lines }),
    productIds,
  };
}

/** A product of the newest order, or null in a shop without orders: what an example is made for. */
export async function findLatestBought(scope: ShopScope): Promise<string | null> {
  const newest = await scope.tx.order.findFirst({
    where: { shopId: scope.shopId, cancelledAt: null },
    orderBy: [{ placedAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  });
  if (!newest) return null;
  const line = await scope.tx.orderLine.findFirst({
    where: { shopId: scope.shopId, orderId: newest.id, productId: { not: null } },
    orderBy: { id: 'asc' },
    select: { productId: true },
  });
  return line?.productId ?? null;
}

/** Shops that have codes which ended before. */
export async function readShopsWithEndedCodes(scope: SystemScope, before: Date): Promise<ShopId[]> {
  const rows = await scope.tx.orderOffer.findMany({
    where: { endsAt: { lt: before } },
    distinct: ['shopId'],
    select: { shopId: true },
  });
  return rows.map((row) => row.shopId as ShopId);
}

/** Codes that ended before, the oldest first. */
export async function readEndedCodes(
  scope: ShopScope,
  before: Date,
  most: number,
): Promise<{ orderId: string; code: string }[]> {
  return scope.tx.orderOffer.findMany({
    where: { shopId: scope.shopId, endsAt: { lt: before } },
    orderBy: [{ endsAt: 'asc' }, { orderId: 'asc' }],
    take: most,
    select: { orderId: true, code: true },
  });
}

/** Forgets the code of an order. */
export async function deleteOfferCode(scope: ShopScope, orderId: string): Promise<void> {
  await scope.tx.orderOffer.deleteMany({ where: { shopId: scope.shopId, orderId } });
}
