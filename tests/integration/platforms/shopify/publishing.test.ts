import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeHash, matrixOfRow } from '#app/domains/incentives/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import readStoreCodes from '#app/flows/codes/read-store-codes.ts';
import type { BundlePublication, Platform, ShopRef } from '#app/platforms/platform.ts';
import { visit } from '#tests/setup/installed-store.ts';
import { startTestStore, testDomain, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
let platform: Platform;
let shop: ShopRef;
let ids: string[];

beforeAll(async () => {
  store = await startTestStore();
  const shopId = await visit(store);
  if (!store.test.services.platforms.shopify) throw new Error('not installed');
  platform = store.test.services.platforms.shopify;
  shop = { shopId, domain: testDomain };
  ids = [...store.sandbox.store.products.keys()];
});
afterAll(() => store.close());

const metafields = (ownerId: string) =>
  new Map(
    [...store.sandbox.store.metafields.values()]
      .filter((metafield) => metafield.ownerId === ownerId)
      .map((metafield) => [metafield.key, metafield.value]),
  );

const bundle = (items: string[]): BundlePublication => ({
  id: randomUUID(),
  title: 'Set',
  kind: 'fixed',
  pickCount: 0,
  discount: { type: 'percentage', basisPoints: 1000 },
  currency: 'EUR',
  startsAt: null,
  endsAt: null,
  items: items.map((productId) => ({ productId, variantId: null, quantity: 1 })),
});

test('30 products in batches; an empty list takes its metafield away', async () => {
  const own = bundle(ids.slice(0, 2));
  await platform.publishProducts(
    shop,
    ids.map((productId, index) => ({
      productId,
      together: ids.filter((id) => id !== productId).slice(0, 5),
      similar: [],
      bundles: index < 2 ? [own] : [],
    })),
  );
  const owner = `gid://shopify/Product/${ids[0] ?? ''}`;
  expect([...metafields(owner).keys()].sort()).toEqual(['bundle_products', 'bundles', 'together']);
  expect(JSON.parse(metafields(owner).get('together') ?? '')).toHaveLength(5);
  expect(JSON.parse(metafields(owner).get('bundles') ?? '')).toEqual([own]);
  await platform.publishProducts(shop, [{ productId: ids[0] ?? '', together: [], similar: [], bundles: [] }]);
  expect(metafields(owner).size).toBe(0);
});

test('the settings stand at the app installation', async () => {
  const settings = {
    shopId: shop.shopId,
    holdoutBps: 500,
    salt: 'salt',
    popular: ids.slice(0, 3),
    signalsEndpoint: 'https://app.example.com/signals',
    tests: [],
    changes: [{ subject: 'widget:cart', change: { title: 'Before you go' } }],
  };
  await platform.publishStorefront(shop, settings);
  const own = metafields(`gid://shopify/AppInstallation/${store.sandbox.store.installation?.id ?? ''}`);
  expect(JSON.parse(own.get('storefront') ?? '')).toEqual({
    shopId: shop.shopId,
    holdoutBps: 500,
    salt: 'salt',
    signalsEndpoint: 'https://app.example.com/signals',
    tests: [],
    changes: [{ subject: 'widget:cart', change: { title: 'Before you go' } }],
  });
  expect(JSON.parse(own.get('popular') ?? '')).toHaveLength(3);
});

// Each goes on from what the one before left in the store.
describe('the discount', { shuffle: false }, () => {
  const publication = (configs: string[]) => ({
    title: 'Trellis bundles',
    configs,
    startsAt: new Date('2026-01-01'),
    combinesWith: matrixOfRow({ order: false, product: false, shipping: true }),
  });
  const discounts = () =>
    [...store.sandbox.store.discounts.values()].filter((discount) => discount.kind === 'automatic-app');

  test('is created with its configuration', async () => {
    const { discountId } = await platform.publishDiscount(shop, publication(['{"a":1}', '{"b":2}']));
    expect(discounts().map((discount) => discount.id)).toEqual([discountId]);
    expect(discounts()[0]).toMatchObject({
      functionHandle: 'bundle-discount',
      combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
    });
    expect(Object.fromEntries(metafields(discountId ?? ''))).toEqual({ config: '{"a":1}', 'config-2': '{"b":2}' });
  });

  test('is changed in place, and parts that are left over go', async () => {
    const [before] = discounts();
    const { discountId } = await platform.publishDiscount(shop, publication(['{"c":3}']));
    expect(discountId).toBe(before?.id);
    expect(Object.fromEntries(metafields(discountId ?? ''))).toEqual({ config: '{"c":3}' });
  });

  test('goes when there is nothing to discount', async () => {
    expect(await platform.publishDiscount(shop, publication([]))).toEqual({ discountId: null });
    expect(discounts()).toEqual([]);
  });
});

test('the pixel is switched on once and takes new settings', async () => {
  await platform.activatePixel(shop, { shopId: shop.shopId, endpoint: 'https://a.example.com/signals' });
  await platform.activatePixel(shop, { shopId: shop.shopId, endpoint: 'https://b.example.com/signals' });
  expect(JSON.stringify(store.sandbox.store.pixel)).toContain('b.example.com');
});

test('what the store’s own codes take off is kept, and published anew when it changes', async () => {
  const { services } = store.test;
  const head = {
    ...{ kind: 'code-basic' as const, functionHandle: null, startsAt: '2026-01-01T00:00:00Z', endsAt: null },
    ...{ createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' },
    combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: false },
    discountClasses: ['ORDER' as const],
  };
  const put = (id: string, more: { code: string; value: { percentage: number } | { amount: string } }) =>
    store.sandbox.store.put('discounts', {
      ...head,
      ...more,
      id: `gid://shopify/DiscountCodeNode/${id}`,
      title: more.code,
    });
  put('901', { code: 'Half', value: { percentage: 0.5 } });
  put('902', { code: 'FIVER', value: { amount: '5.00' } });
  expect(await platform.readStoreCodes(shop)).toEqual(
    expect.arrayContaining([
      {
        ...{ codes: ['Half'], hasMore: false, classes: ['order'], single: false },
        value: { type: 'percentage', basisPoints: 5000 },
        combinesWith: { product: true, order: true, shipping: false },
      },
      expect.objectContaining({ codes: ['FIVER'], value: { type: 'amount', minor: 500 } }),
    ]),
  );
  const look = async () => {
    await readStoreCodes({}, { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
    return services.db.inShop(shop.shopId, async (scope) => ({
      codes: (await findShop(scope))?.platformState.storeCodes,
      runs: (await scope.tx.run.findMany({ where: { kind: 'publish-bundles' } })).length,
    }));
  };
  const first = await look();
  expect(first.codes?.named).toEqual([
    [codeHash('FIVER'), -500, 10],
    [codeHash('HALF'), 5000, 10],
  ]);
  expect(first.runs).toBe(1);
  expect(await look()).toEqual(first);
});
