import type { ShopScope } from '#app/infra/database.ts';

/** What customers were offered, for one who asks for their data. */
export async function readOffersOf(scope: ShopScope, customerIds: readonly string[]) {
  return scope.tx.personalOfferGrant.findMany({
    where: { shopId: scope.shopId, customerId: { in: [...customerIds] } },
    omit: { shopId: true, reservedMinor: true, bookedMinor: true },
    orderBy: [{ enteredAt: 'asc' }, { id: 'asc' }],
  });
}

/** Takes customers off what they were offered; sums stay. Their codes end with them. */
export async function forgetOffersOf(scope: ShopScope, customerIds: readonly string[]): Promise<void> {
  await scope.tx.personalOfferGrant.updateMany({
    where: { shopId: scope.shopId, customerId: { in: [...customerIds] } },
    data: { customerId: null, occurrence: '', productId: null, orderId: null },
  });
}

/** Two customers became one: what the first was offered counts as the second's. What both met stays with the second. */
export async function joinOffers(scope: ShopScope, from: string, into: string): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE personal_offer_grant g SET customer_id = CASE WHEN EXISTS (
      SELECT 1 FROM personal_offer_grant o WHERE o.shop_id = g.shop_id AND o.offer_id = g.offer_id
        AND o.customer_id = ${into} AND o.occurrence = g.occurrence) THEN NULL ELSE ${into} END
    WHERE g.shop_id = ${scope.shopId}::uuid AND g.customer_id = ${from}`;
}
