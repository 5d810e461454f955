import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { countProducts, searchProducts } from '#app/domains/catalog/index.ts';
import { countCustomers } from '#app/domains/customers/index.ts';
import { countOrders } from '#app/domains/orders/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { startTestStore, testDomain, type TestStore, waitFor } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;

beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

const visit = (path = '/') => {
  const url = `${store.appUrl}${path}?shop=${testDomain}&host=aG9zdA&embedded=1&id_token=${store.sessionToken()}`;
  return authenticateMerchant(store.test.services, new Request(url, { headers: { accept: 'text/html' } }));
};

// The second test goes on where the first one ends.
describe('first start', { shuffle: false }, () => {
  test('two simultaneous first visits install the shop once', async () => {
    const [first, second] = await Promise.all([visit(), visit('/settings')]);
    expect(first).toMatchObject({ code: 'authenticated', domain: testDomain, userId: '1' });
    if (first.code !== 'authenticated' || second.code !== 'authenticated') throw new Error('not installed');
    shopId = first.shopId;
    expect(second.shopId).toBe(shopId);
    const runs = await store.test.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 10 }));
    expect(runs.map((run) => [run.kind, run.status])).toEqual([['import', 'queued']]);
  });

  test('import, recommend and publish follow each other', async () => {
    const { db } = store.test.services;
    await store.startWorkers();
    const publish = await waitFor(
      async () => {
        const runs = await db.inShop(shopId, (scope) => listRuns(scope, { limit: 10 }));
        const failed = runs.find((run) => run.error !== null);
        if (failed) throw new Error(`${failed.kind}: ${failed.error ?? ''}`);
        return runs.find((run) => run.kind === 'publish' && run.status === 'succeeded');
      },
      'the publication',
      60_000,
    );
    expect(publish.result['changed']).toBeGreaterThan(0);

    await db.inShop(shopId, async (scope) => {
      const { sandbox } = store;
      expect((await countProducts(scope)).products).toBe(sandbox.store.products.size);
      expect((await countOrders(scope)).orders).toBe(sandbox.store.orders.size);
      expect(await countCustomers(scope)).toBe(sandbox.store.customers.size);
      const [product] = (await searchProducts(scope, { activeOnly: true })).products;
      expect(product?.variants.length).toBeGreaterThan(0);
      const shop = await readShop(scope);
      expect(shop).toMatchObject({
        status: 'installed',
        currency: sandbox.store.shop.currency,
        timeZone: sandbox.store.shop.timeZone,
      });
      expect(shop.platformState.pixelActivated).toBe(true);
      expect(shop.tax).toMatchObject({ included: true, source: 'orders', bps: 2000 });
    });
    const keys = new Set([...store.sandbox.store.metafields.values()].map((metafield) => metafield.key));
    expect([...keys].sort()).toEqual(expect.arrayContaining(['popular', 'similar', 'storefront', 'together']));
  });
});
