import { randomUUID } from 'node:crypto';
import { createBundle } from '#app/domains/bundles/index.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { TestServices } from '#tests/setup/services.ts';

/** A live set of the products 1 and 2 at 10 % off, as its editor sends it. */
export const teaForTwo = {
  title: 'Tea for two',
  kind: 'fixed',
  discount: { type: 'percentage', basisPoints: 1000 },
  pickCount: 0,
  startsAt: null,
  endsAt: null,
  status: 'active',
  items: ['1', '2'].map((productId) => ({ productId, variantId: null, quantity: 1 })),
};

/** Makes that set, with other values where they are given. */
export async function makeSet(
  { services }: TestServices,
  shopId: ShopId,
  values: Readonly<Record<string, unknown>> = {},
) {
  const context = { now: new Date(), newId: randomUUID };
  const form = { ...teaForTwo, ...values };
  const made = await services.db.inShop(shopId, (scope) => createBundle(scope, form, context));
  if (!made.ok) throw new Error(JSON.stringify(made));
  return made.value;
}
