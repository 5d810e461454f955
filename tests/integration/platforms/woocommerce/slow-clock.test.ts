import { afterAll, beforeAll, expect, test } from 'vitest';
import { readShop } from '#app/domains/shops/index.ts';
import importShop from '#app/flows/import-shop.ts';
import reconcileShop from '#app/flows/reconcile-shop.ts';
import { startRun } from '#app/flows/start-run.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { contextAhead } from '#tests/chaos/healing.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;
let shopId: ShopId;

const runs = { import: importShop, reconcile: reconcileShop } as const;
async function doRun(kind: keyof typeof runs): Promise<void> {
  const { services } = store.test;
  const run = await startRun(services, shopId, kind);
  await runs[kind]({ shopId, runId: run.id }, contextAhead(services));
}

beforeAll(async () => {
  store = await startWooTestStore({ size: { products: 6, customers: 6, orders: 20, days: 30 } });
  // As a server does that takes its local time for UTC.
  store.woo.faults.clockOffsetMs = -3 * 3_600_000;
  shopId = await connectedStore(store);
  await doRun('import');
});
afterAll(() => store.close());

test('what no webhook told is found in a store whose clock is hours behind', async () => {
  const { services } = store.test;
  const { store: site } = store.woo;
  // The first look tells by how much.
  await doRun('reconcile');
  const { platformState } = await services.db.inShop(shopId, readShop);
  expect(platformState.clockSkewMs).toBeLessThan(-2.9 * 3_600_000);

  const order = [...site.orders.values()].at(-1);
  if (!order) throw new Error('no orders');
  const id = site.nextId();
  site.put('orders', { ...order, id, createdAt: site.stamp(), updatedAt: site.stamp() });
  await doRun('reconcile');
  const stored = await services.db.inShop(shopId, ({ tx }) => tx.order.count({ where: { id: String(id) } }));
  expect(stored).toBe(1);
});
