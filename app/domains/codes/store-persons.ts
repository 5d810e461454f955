import type { ShopScope } from '#app/infra/database.ts';
import { codeTerms } from './model.ts';

/** Codes that only these customers may use, for one who asks for their data. */
export async function readCodesOfCustomers(scope: ShopScope, customerIds: readonly string[]) {
  const rows = await scope.tx.discountCode.findMany({
    where: { shopId: scope.shopId, customerId: { in: [...customerIds] } },
    select: {
      sourceKind: true,
      purpose: true,
      code: true,
      title: true,
      terms: true,
      customerId: true,
      state: true,
      startsAt: true,
      endsAt: true,
      orderId: true,
      usedAt: true,
    },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ terms, ...row }) => ({ ...row, terms: codeTerms.parse(terms) }));
}

/** Gift cards and store credit that these customers were given, for one who asks for their data. */
export async function readGiftsOfCustomers(scope: ShopScope, customerIds: readonly string[]) {
  const rows = await scope.tx.storeGift.findMany({
    where: { shopId: scope.shopId, customerId: { in: [...customerIds] } },
    select: {
      kind: true,
      amountMinor: true,
      currency: true,
      note: true,
      state: true,
      issuedAt: true,
      givenAt: true,
      expiresAt: true,
    },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ amountMinor, ...row }) => ({ ...row, amountMinor: Number(amountMinor) }));
}

/** Takes customers off their codes; those that nobody else may use are taken back. Sums stay. */
export async function forgetCodesOf(scope: ShopScope, customerIds: readonly string[]): Promise<void> {
  const where = { shopId: scope.shopId, customerId: { in: [...customerIds] } };
  await scope.tx.discountCode.updateMany({
    where: { ...where, state: { in: ['wanted', 'open', 'refused'] } },
    data: { state: 'withdrawn', todo: 'remove' },
  });
  // What a merge took back says whose it was (`purposeOfReplaced`).
  await scope.tx.$executeRaw`
    UPDATE discount_code SET customer_id = NULL, purpose = regexp_replace(purpose, ' of [^ ]+$', ' of erased-' || id)
    WHERE shop_id = ${scope.shopId}::uuid AND customer_id = ANY(${[...customerIds]}::text[])`;
  await scope.tx.storeGift.updateMany({ where, data: { customerId: null } });
}
