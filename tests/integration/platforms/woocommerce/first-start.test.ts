import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { connectByKeys } from '#app/flows/connect-woocommerce.ts';
import { startRun } from '#app/flows/start-run.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;
let shopId: ShopId;

beforeAll(async () => {
  store = await startWooTestStore();
  const key = store.woo.createKey();
  const keys = { consumerKey: key.consumer_key, consumerSecret: key.consumer_secret };
  const connected = await connectByKeys(store.test.services, store.woo.url, keys);
  if (!connected.ok) throw new Error(connected.code);
  shopId = await store.test.services.db.asSystem(async ({ tx }) => toShopId((await tx.shop.findFirstOrThrow()).id));
  await store.startWorkers();
});
afterAll(() => store.close());

const runs = () => store.test.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 30 }));
const finished = (kind: string) =>
  waitFor(
    async () => {
      const run = (await runs()).find((one) => one.kind === kind);
      if (run?.status === 'failed') throw new Error(`${kind}: ${run.error ?? ''}`);
      return run?.status === 'succeeded' && run;
    },
    `the run ${kind}`,
    60_000,
  );
const counted = () =>
  store.test.services.db.inShop(shopId, async ({ tx }) => ({
    products: await tx.product.count({ where: { deletedAt: null } }),
    orders: await tx.order.count(),
  }));

test('import, training and publishing run through, webhooks and reconciliation keep the copy true', async () => {
  await finished('import');
  await finished('recommend');
  await finished('publish');
  const { store: site, webhooks } = store.woo;
  expect(await counted()).toEqual({ products: site.products.size, orders: site.orders.size });
  const told = [...site.products.values()].filter(({ metaData }) =>
    metaData.some(({ key }) => key === '_trellis_together'),
  );
  expect(told.length).toBeGreaterThan(0);
  const shop = await store.test.services.db.inShop(shopId, readShop);
  expect(shop.platformState.discountDigest).toBeUndefined();
  expect(shop.tax).toMatchObject({ included: true, source: 'orders', bps: 2000 });

  const order = [...site.orders.values()].at(-1);
  if (!order) throw new Error('no orders');
  site.put('orders', { ...order, id: site.nextId(), updatedAt: site.stamp() });
  await webhooks.run();
  await waitFor(async () => (await counted()).orders === site.orders.size, 'the order that was told', 75_000);

  // Into the trash, out of it, and changed once more.
  const newest = [...site.orders.values()].at(-1);
  if (!newest) throw new Error('no orders');
  const become = async (change: Partial<typeof newest>) => {
    site.put('orders', { ...newest, ...change, updatedAt: site.stamp() });
    await webhooks.run();
  };
  const stored = () =>
    store.test.services.db.inShop(shopId, ({ tx }) => tx.order.findFirst({ where: { id: String(newest.id) } }));
  await become({ status: 'trash' });
  await waitFor(async () => (await stored()) === null, 'the order that went into the trash', 75_000);
  await become({ status: 'processing' });
  await waitFor(stored, 'the order that came back', 75_000);
  await become({ status: 'cancelled' });
  await waitFor(async () => (await stored())?.cancelledAt !== null, 'the change after that', 75_000);

  store.woo.faults.webhookDrop = 1;
  site.put('orders', { ...order, id: site.nextId(), createdAt: site.stamp(), updatedAt: site.stamp() });
  await webhooks.run();
  const run = await startRun(store.test.services, shopId, 'reconcile');
  await waitFor(
    async () => (await runs()).find(({ id, status }) => id === run.id && status === 'succeeded'),
    'reconciling',
  );
  expect((await counted()).orders).toBe(site.orders.size);
}, 300_000);
