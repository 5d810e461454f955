import { afterEach, expect, test, vi } from 'vitest';
import importShop from '#app/flows/import-shop.ts';
import reconcileShop from '#app/flows/reconcile-shop.ts';
import { startReconciliation } from '#app/flows/start-runs.ts';
import { chaosSeed, seededRandom } from '#tests/factories/random.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore, waitFor } from '#tests/setup/shopify.ts';
import { contextAhead, settleInbox } from './healing.ts';
import { differences, ordersOfMirror, ordersOfStore } from './oracle.ts';
import { busyStore } from './shoppers.ts';

let store: TestStore;
afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
});

test(`30 % of the webhooks lost, 20 % doubled, all out of order: after reconciliation every order is the store's (seed ${String(chaosSeed)})`, async () => {
  const random = seededRandom(chaosSeed);
  // The sandbox throws its dice with this.
  vi.spyOn(Math, 'random').mockImplementation(random);
  store = await startTestStore({
    size: { products: 20, customers: 20, orders: 40, days: 60 },
    bucket: { maximum: 20_000, restore: 20_000 },
  });
  const { services } = store.test;
  const { shopId, importRun } = await installedStore(store);
  await importShop({ shopId, runId: importRun }, contextAhead(services));
  expect(differences(ordersOfStore(store.sandbox.store), await ordersOfMirror(services, shopId))).toEqual([]);

  const shop = store.sandbox.shop();
  Object.assign(shop.faults, { webhookDrop: 0.3, webhookDuplicate: 0.2, webhookReorder: 1500 });
  const somethingHappens = busyStore(store.sandbox.store, random);
  for (let event = 0; event < 60; event += 1) somethingHappens();
  await shop.webhooks.settled();
  await waitFor(async () => (await settleInbox(services, shopId)) === 0, 'an empty inbox');

  // Otherwise nothing was lost and the rest proves nothing.
  expect([...shop.store.deliveries.values()].filter((delivery) => delivery.state === 'dropped').length).toBeGreaterThan(
    0,
  );
  // Two orders are deleted, and nobody is told.
  shop.faults.webhookDrop = 1;
  for (const id of [...store.sandbox.store.orders.keys()].slice(0, 2)) store.sandbox.store.remove('orders', id);
  const run = await startReconciliation(services, shopId);
  await reconcileShop({ shopId, runId: run.id }, contextAhead(services));
  expect(differences(ordersOfStore(store.sandbox.store), await ordersOfMirror(services, shopId))).toEqual([]);

  const failed = await services.db.inShop(shopId, ({ tx }) =>
    tx.webhookInbox.findMany({ where: { shopId, status: 'failed' }, select: { topic: true, lastError: true } }),
  );
  expect(failed).toEqual([]);
  const titles = await services.db.inShop(shopId, ({ tx }) =>
    tx.product.findMany({ where: { shopId }, select: { id: true, title: true } }),
  );
  expect(Object.fromEntries(titles.map((row) => [row.id, row.title]))).toEqual(
    Object.fromEntries([...store.sandbox.store.products.values()].map((row) => [row.id, row.title])),
  );
});
