import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { listRuns, type Run } from '#app/domains/activity/index.ts';
import sweep from '#app/flows/sweep.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { chaosSeed, seededRandom } from '#tests/factories/random.ts';
import { type RunningProcess, startWorkerProcess } from '#tests/setup/processes.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';
import { contextAhead } from './healing.ts';
import { stopAtSaves } from './stop-at-saves.ts';
import { ordersOfMirror, ordersOfSite } from './woo-oracle.ts';

let store: WooTestStore;
let admin: pg.Client | null = null;
const processes: RunningProcess[] = [];

afterEach(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  await admin?.end();
  await store.close();
});

/** Each resource saves its cursor when it begins, with each 500 records and when it ends. */
const saves = { products: [1, 2, 3], customers: [4, 5, 6], orders: [7, 8, 9, 10] } as const;

const importOf = async (shopId: ShopId): Promise<Run | undefined> =>
  (await store.test.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 5, kind: 'import' })))[0];

test(`a WooCommerce import that is killed among products, customers and orders ends with exactly the store's records (seed ${String(chaosSeed)})`, async () => {
  const random = seededRandom(chaosSeed);
  const points = Object.values(saves).map((some) => some[Math.floor(random() * some.length)] ?? some[0]);
  store = await startWooTestStore({ size: { products: 30, customers: 40, orders: 620, days: 300 } });
  const { services, database } = store.test;
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const stops = await stopAtSaves(admin, points);
  const shopId = await connectedStore(store);

  for (const point of points) {
    const worker = await startWorkerProcess(store.test);
    processes.push(worker);
    await waitFor(() => stops.reached(point), `save number ${String(point)}`, 90_000);
    await worker.kill();
    await stops.letGo(point);
    expect(await importOf(shopId)).toMatchObject({ status: 'running', error: null });
    // A minute of silence later the sweeper finds it.
    await sweep({}, contextAhead(services, 120_000));
    await database.db.asSystem(({ tx }) => tx.run.updateMany({ data: { heartbeatAt: new Date() } }));
  }

  processes.push(await startWorkerProcess(store.test));
  const finished = await waitFor(
    async () => {
      const run = await importOf(shopId);
      return run && run.status !== 'running' && run.status !== 'queued' && run;
    },
    'the end of the import',
    90_000,
  );
  const site = store.woo.store;
  const customers = [...site.customers.values()].filter(({ role }) => role === 'customer').length;
  expect(finished).toMatchObject({
    status: 'succeeded',
    error: null,
    result: { products: site.products.size, customers, orders: site.orders.size },
  });
  const [inStore, inMirror] = [ordersOfSite(site), await ordersOfMirror(services, shopId)];
  expect(Object.keys(inMirror)).toHaveLength(Object.keys(inStore).length);
  expect(Object.keys(inStore).filter((id) => JSON.stringify(inStore[id]) !== JSON.stringify(inMirror[id]))).toEqual([]);
  const counts = await services.db.inShop(shopId, async ({ tx }) => [
    await tx.product.count({ where: { shopId } }),
    await tx.customer.count({ where: { shopId } }),
  ]);
  expect(counts).toEqual([site.products.size, customers]);
  const runs = await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 50 }));
  expect(runs.filter(({ kind }) => kind === 'recommend')).toHaveLength(1);
}, 300_000);
