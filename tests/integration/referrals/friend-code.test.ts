import { afterAll, beforeAll, expect, it } from 'vitest';
import publishShopCodes from '#app/flows/codes/publish-codes.ts';
import { readMyReferrals } from '#app/flows/referrals/shopper.ts';
import { saveProgramme, usualTerms } from '#app/domains/referrals/index.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { buildCodeFunction, visitorOf } from '#tests/integration/codes/code-store.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
beforeAll(async () => {
  await buildCodeFunction();
  store = await startTestStore();
});
afterAll(() => store.close());

it('an advocate’s code takes the friend’s discount off the cart, as often as it is used', async () => {
  const { shopId } = await installedStore(store);
  const { services } = store.test;
  await seedProducts(
    store.test.database,
    shopId,
    [...store.sandbox.store.products.values()].map(({ id, variants }) => ({
      id,
      variants: variants.map((one) => ({ id: one.id, priceMinor: Math.round(Number(one.price) * 100), costMinor: 1 })),
    })),
  );
  await services.db.inShop(shopId, (scope) =>
    saveProgramme(scope, { active: true, terms: usualTerms }, services.clock.now()),
  );
  const [customer] = store.sandbox.store.customers.keys();
  const mine = await readMyReferrals(services, shopId, customer ?? '');
  if (!mine) throw new Error('the programme is on');
  const context = { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal };
  await publishShopCodes({ shopId }, context);
  const product = [...store.sandbox.store.products.values()].find(
    ({ status, publishedAt, isGiftCard, variants }) =>
      status === 'ACTIVE' && publishedAt !== null && !isGiftCard && (variants[0]?.inventoryQuantity ?? 0) > 20,
  );
  for (const _friend of ['first', 'second']) {
    const friend = visitorOf(store.sandbox.url);
    await friend.post('/cart/add.js', { id: product?.variants[0]?.id, quantity: 1 });
    await friend.form('/discount', { code: mine.code });
    const cart = await friend.json<{ original_total_price: number; total_price: number }>('/cart.js');
    expect(cart.total_price).toBe(cart.original_total_price - Math.round(cart.original_total_price / 10));
  }
});
