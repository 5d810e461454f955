import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PlatformState, readShop } from '#app/domains/shops/index.ts';
import importShop from '#app/flows/import-shop.ts';
import reconcileShop from '#app/flows/reconcile-shop.ts';
import { startRun } from '#app/flows/start-run.ts';
import type { Services } from '#app/infra/services.ts';
import type { Platform } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { contextAhead } from '#tests/chaos/healing.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;
let shopId: ShopId;
let imported: PlatformState;

const runs = { import: importShop, reconcile: reconcileShop } as const;
async function doRun(kind: keyof typeof runs, services: Services = store.test.services): Promise<void> {
  const run = await startRun(services, shopId, kind);
  await runs[kind]({ shopId, runId: run.id }, contextAhead(services));
}

beforeAll(async () => {
  store = await startWooTestStore({ size: { products: 6, customers: 6, orders: 20, days: 30 } });
  // As a server does that takes its local time for UTC.
  store.woo.faults.clockOffsetMs = -3 * 3_600_000;
  shopId = await connectedStore(store);
  await doRun('import');
  ({ platformState: imported } = await store.test.services.db.inShop(shopId, readShop));
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

test('a clock that nobody knew before was not set back', () => {
  expect(imported.clockSkewMs).toBeLessThan(-2.9 * 3_600_000);
  expect(imported.clockSetBack).toBeUndefined();
});

test('a clock that falls with each answer is asked once more and no further', async () => {
  const { services } = store.test;
  const { woocommerce } = services.platforms;
  if (!woocommerce) throw new Error('not there');
  let skewMs = -3 * 3_600_000;
  const asked: string[] = [];
  const falling: Platform = {
    ...woocommerce,
    readChanges: (_ref, resource) => {
      asked.push(resource);
      if (asked.length > 20) throw new Error('asked for ever');
      skewMs -= 30_000;
      return Promise.resolve({ records: [], next: null, skewMs });
    },
  };
  await doRun('reconcile', { ...services, platforms: { ...services.platforms, woocommerce: falling } });
  expect(asked).toEqual(['products', 'products', 'customers', 'customers', 'orders', 'orders']);
  // It goes on from there the next time.
  asked.length = 0;
  await doRun('reconcile', { ...services, platforms: { ...services.platforms, woocommerce: falling } });
  expect(asked).toHaveLength(6);
});
