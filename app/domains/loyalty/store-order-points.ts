import type { ShopScope } from '#app/infra/database.ts';

/** What one order has given to whom; null while it has not been reckoned. */
export async function readOrderPoints(
  { tx, shopId }: ShopScope,
  orderId: string,
): Promise<{ readonly customerId: string; readonly points: number } | null> {
  return tx.loyaltyOrder.findUnique({
    where: { shopId_orderId: { shopId, orderId } },
    select: { customerId: true, points: true },
  });
}
