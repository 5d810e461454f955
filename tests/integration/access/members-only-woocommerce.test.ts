import { afterAll, beforeAll, expect, it } from 'vitest';
import { beginProgramme, findProgramme, joinProgramme } from '#app/domains/loyalty/index.ts';
import tellCustomers from '#app/flows/access/tell-customers.ts';
import { lookForCompanion } from '#app/flows/check-companion.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import { saveLoyalty, switchLoyalty } from '#app/flows/loyalty/programme.ts';
import { publishStorefront } from '#app/flows/publish-storefront.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import type { WooCustomer, WooProduct } from '#sandbox/woocommerce/model.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { visitorOf } from '#tests/integration/codes/code-store.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

let store: WooTestStore;
let shopId: ShopId;
let kept: WooProduct;
let gold: WooCustomer;
let bronze: WooCustomer;

async function publish(): Promise<void> {
  const { services } = store.test;
  const connected = await findConnectedShop(services, shopId);
  if (!connected) throw new Error('nobody is connected');
  await publishStorefront(services, connected, [], () => Promise.resolve());
  await tellCustomers({ shopId }, { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
}

async function look(customer: WooCustomer | null) {
  const visitor = visitorOf(store.woo.url);
  if (customer) await visitor.form('/my-account/', { username: customer.email });
  const page = await (await visitor.get(`/product/${kept.slug}/`)).text();
  await visitor.form('/cart/', { 'add-to-cart': kept.id.toString(), quantity: '1' });
  const cart = await (await visitor.get('/cart/')).text();
  const buyer = { billing_email: 'b@example.com', billing_first_name: 'A', billing_last_name: 'B' };
  const paid = await visitor.form('/checkout/', buyer);
  return { page, cart, status: paid.status };
}

beforeAll(async () => {
  await buildExtensions();
  store = await startWooTestStore();
  const { services } = store.test;
  shopId = await connectedStore(store);
  store.woo.setPlugin('ready');
  const before = await findConnectedShop(services, shopId);
  if (!before) throw new Error('not connected');
  await lookForCompanion(services, before, { renew: true });
  const sold = [...store.woo.store.products.values()].filter(
    (one) => one.type === 'simple' && one.status === 'publish' && (one.stockQuantity ?? 99) > 20,
  );
  kept = sold[0]!;
  [gold, bronze] = [...store.woo.store.customers.values()] as [WooCustomer, WooCustomer];
  const id = kept.id.toString();
  await seedProducts(store.test.database, shopId, [{ id, variants: [{ id, priceMinor: 1_000, costMinor: 100 }] }]);
  const settings = usualProgramme();
  const now = services.clock.now();
  await services.db.inShop(shopId, (scope) =>
    beginProgramme(scope, { ...settings, enrolment: 'join', holdoutBps: 0 }, 'salt', now),
  );
  await switchLoyalty(services, shopId, true);
  await services.db.inShop(shopId, async (scope) => {
    for (const one of [gold, bronze]) await joinProgramme(scope, one.id.toString(), services.clock.now());
    await scope.tx.loyaltyMember.updateMany({
      where: { shopId, customerId: gold.id.toString() },
      data: { tier: 'gold', tierSince: services.clock.now() },
    });
  });
});
afterAll(() => store.close());

async function keep(productIds: readonly string[]): Promise<void> {
  const { services } = store.test;
  const programme = await services.db.inShop(shopId, findProgramme);
  if (!programme) throw new Error('there is no programme');
  const exclusives =
    productIds.length === 0
      ? []
      : [{ id: 'a', fromLevel: 'gold', productIds: [...productIds], collectionIds: [], until: null }];
  const settings = { ...programme.settings, exclusives };
  const saved = await saveLoyalty(services, shopId, { revision: programme.revision, settings });
  if (!saved.ok) throw new Error(saved.message);
  await publish();
}

it('a product for members: others read why, and it does not stay in their cart', async () => {
  await keep([kept.id.toString()]);
  const guest = await look(null);
  expect(guest.page).toContain('Reserved for members: Gold.');
  expect(guest.page).not.toContain('Add to cart');
  expect(guest.cart).toContain('cannot be purchased');
  expect(guest.status).toBe(400);
  const lower = await look(bronze);
  expect(lower.page).not.toContain('Log in to buy it');
  expect(lower.status).toBe(400);
  const member = await look(gold);
  expect(member.page).toContain('Add to cart');
  expect(member.page).toContain('Reserved for you and others.');
  expect(member.cart).toMatch(/You have \d+ points\./);
  expect(member.status).toBe(303);
  expect(() =>
    store.woo.placeOrder({
      lines: [{ productId: kept.id, variationId: 0, quantity: 1 }],
      email: 'guest@example.com',
      couponCode: '',
    }),
  ).toThrow('cannot be bought');
  await keep([]);
  expect((await look(null)).status).toBe(303);
});

it('refuses a reward that the store cannot give', async () => {
  const { services } = store.test;
  const programme = await services.db.inShop(shopId, findProgramme);
  if (!programme) throw new Error('there is no programme');
  const gift = { id: 'gift', kind: 'gift-card', on: true, title: 'Gift card', cost: 100, validDays: null, minor: 500 };
  const save = (on: boolean) =>
    saveLoyalty(services, shopId, {
      revision: programme.revision,
      settings: { ...programme.settings, rewards: [...programme.settings.rewards, { ...gift, on }] },
    });
  expect(await save(true)).toMatchObject({ ok: false, code: 'not-here' });
  expect((await save(false)).ok).toBe(true);
});
