import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRuns, type Run } from '#app/domains/activity/index.ts';
import { countOrders } from '#app/domains/orders/index.ts';
import { startReconciliation } from '#app/flows/start-runs.ts';
import sweep from '#app/flows/sweep.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { visit } from '#tests/setup/installed-store.ts';
import { type RunningProcess, startWorkerProcess } from '#tests/setup/processes.ts';
import { startTestStore, type TestStore, waitFor } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;
let worker: RunningProcess | null = null;

beforeAll(async () => {
  store = await startTestStore({ size: { products: 30, customers: 200, orders: 3000, days: 365 } });
  shopId = await visit(store);
});
afterAll(async () => {
  await worker?.kill();
  await store.close();
});

const runOf = async (kind: Run['kind']) =>
  (await store.test.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 20 }))).find(
    (run) => run.kind === kind,
  );

test('an import whose worker is killed goes on with the same export and ends complete; reconciliation brings what was missed', async () => {
  const { services, database } = store.test;
  worker = await startWorkerProcess(store.test);
  // In the middle of the orders: some are stored, some are not.
  await waitFor(
    async () => {
      const run = await runOf('import');
      return run?.stage === 'importing-orders' && run.done > 0 && run.done < run.total;
    },
    'the first orders',
    40_000,
  );
  await worker.kill();
  const killed = await runOf('import');
  expect(killed?.status).toBe('running');
  const exports = store.sandbox.store.bulkOperations.size;

  // What a minute of silence does.
  await database.db.asSystem(({ tx }) =>
    tx.run.updateMany({ where: { kind: 'import' }, data: { heartbeatAt: new Date(Date.now() - 120_000) } }),
  );
  await sweep({}, { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
  await store.startWorkers();
  await waitFor(async () => (await runOf('import'))?.status === 'succeeded', 'the import', 60_000);
  expect(await services.db.inShop(shopId, async (scope) => (await countOrders(scope)).orders)).toBe(
    store.sandbox.store.orders.size,
  );
  expect(store.sandbox.store.bulkOperations.size).toBe(exports);
  const lines = await services.db.inShop(shopId, ({ tx }) => tx.orderLine.count({ where: { shopId } }));
  expect(lines).toBe([...store.sandbox.store.orders.values()].reduce((sum, order) => sum + order.lines.length, 0));

  // Everything that is told from here on is lost.
  store.sandbox.shop().faults.webhookDrop = 1;
  const [product] = [...store.sandbox.store.products.values()];
  if (!product) throw new Error('no product');
  store.sandbox.store.put('products', { ...product, title: 'Renamed in silence', updatedAt: new Date().toISOString() });
  await waitFor(
    async () => !['queued', 'running'].includes((await runOf('publish'))?.status ?? 'queued'),
    'the publication',
    60_000,
  );
  const run = await startReconciliation(services, shopId);
  await waitFor(async () => (await runOf('reconcile'))?.status === 'succeeded', `the reconciliation ${run.id}`, 40_000);
  const mirrored = await services.db.inShop(shopId, ({ tx }) =>
    tx.product.findFirst({ where: { shopId, id: product.id } }),
  );
  expect(mirrored?.title).toBe('Renamed in silence');
}, 180_000);
