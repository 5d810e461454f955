import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { listRuns, type Run } from '#app/domains/activity/index.ts';
import sweep from '#app/flows/sweep.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { chaosSeed, seededRandom } from '#tests/factories/random.ts';
import { startTestStore, type TestStore, waitFor } from '#tests/setup/shopify.ts';
import { contextAhead } from './healing.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { differences, ordersOfMirror, ordersOfStore } from './oracle.ts';
import { type RunningProcess, startWorkerProcess } from '#tests/setup/processes.ts';
import { stopAtSaves } from './stop-at-saves.ts';

let store: TestStore;
let admin: pg.Client | null = null;
const processes: RunningProcess[] = [];

afterEach(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  await admin?.end();
  await store.close();
});

/** An import of this store saves its cursor this often: twice a resource and once for each 500 records. */
const saves = 11;
const kills = 3;
const runOf = async (shopId: ShopId, kind: Run['kind']) =>
  (await store.test.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 5, kind })))[0];

test(`an import whose worker is killed ${String(kills)} times ends with exactly the store's records (seed ${String(chaosSeed)})`, async () => {
  const random = seededRandom(chaosSeed);
  const points = [...new Set(Array.from({ length: 50 }, () => 1 + Math.floor(random() * saves)))]
    .slice(0, kills)
    .sort((a, b) => a - b);
  store = await startTestStore({ size: { products: 30, customers: 60, orders: 1_200, days: 365 } });
  const { services, database } = store.test;
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const stops = await stopAtSaves(admin, points);
  const { shopId } = await installedStore(store);

  let furthest = 0;
  for (const point of points) {
    const worker = await startWorkerProcess(store.test);
    processes.push(worker);
    await waitFor(() => stops.reached(point), `save number ${String(point)}`, 90_000);
    await worker.kill();
    await stops.letGo(point);

    const run = await runOf(shopId, 'import');
    expect(run).toMatchObject({ status: 'running', error: null });
    expect(run?.done ?? 0).toBeLessThanOrEqual(run?.total ?? 0);
    const resource = Number(run?.cursor['resource'] ?? 0);
    expect(resource).toBeGreaterThanOrEqual(furthest);
    furthest = resource;
    // A minute of silence later the sweeper finds it.
    await sweep({}, contextAhead(services, 120_000));
    await database.db.asSystem(({ tx }) => tx.run.updateMany({ data: { heartbeatAt: new Date() } }));
  }

  processes.push(await startWorkerProcess(store.test));
  const finished = await waitFor(
    async () => {
      const run = await runOf(shopId, 'import');
      return run && run.status !== 'running' && run.status !== 'queued' && run;
    },
    'the end of the import',
    90_000,
  );
  const { products, customers, orders } = store.sandbox.store;
  expect(finished).toMatchObject({
    status: 'succeeded',
    error: null,
    result: { products: products.size, customers: customers.size, orders: orders.size },
  });
  expect(finished.done).toBe(finished.total);
  expect(differences(ordersOfStore(store.sandbox.store), await ordersOfMirror(services, shopId))).toEqual([]);
  const counts = await services.db.inShop(shopId, async ({ tx }) => [
    await tx.product.count({ where: { shopId } }),
    await tx.customer.count({ where: { shopId } }),
  ]);
  expect(counts).toEqual([products.size, customers.size]);
  // What follows an import follows it once.
  const runs = await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 50 }));
  expect(runs.filter((run) => run.kind === 'recommend').length).toBe(1);
}, 300_000);
