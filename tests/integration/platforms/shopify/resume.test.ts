import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRuns, type Run } from '#app/domains/activity/index.ts';
import { countOrders } from '#app/domains/orders/index.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import { startReconciliation } from '#app/flows/start-runs.ts';
import sweep from '#app/flows/sweep.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { startTestStore, type TestStore, waitFor } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;
let child: ChildProcess | null = null;

beforeAll(async () => {
  store = await startTestStore({ size: { products: 30, customers: 200, orders: 3000, days: 365 } });
  const request = new Request(`${store.appUrl}/`, { headers: { authorization: `Bearer ${store.sessionToken()}` } });
  const outcome = await authenticateMerchant(store.test.services, request);
  if (outcome.code !== 'authenticated') throw new Error(outcome.code);
  shopId = outcome.shopId;
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await store.close();
});

const runOf = async (kind: Run['kind']) =>
  (await store.test.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 20 }))).find(
    (run) => run.kind === kind,
  );

function startWorkerProcess(): ChildProcess {
  const { config, database } = store.test;
  return spawn(process.execPath, ['workers/index.ts'], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      SHOPIFY_API_KEY: config.SHOPIFY_API_KEY,
      SHOPIFY_API_SECRET: config.SHOPIFY_API_SECRET,
      SHOPIFY_APP_URL: config.SHOPIFY_APP_URL,
      SHOPIFY_ORIGIN: config.SHOPIFY_ORIGIN,
      ENCRYPTION_KEYS: config.ENCRYPTION_KEYS,
      LOG_LEVEL: 'silent',
    },
    stdio: 'ignore',
  });
}

test('an import whose worker is killed goes on with the same export and ends complete; reconciliation brings what was missed', async () => {
  const { services, database } = store.test;
  child = startWorkerProcess();
  // In the middle of the orders: some are stored, some are not.
  await waitFor(
    async () => {
      const run = await runOf('import');
      return run?.stage === 'importing-orders' && run.done > 0 && run.done < run.total;
    },
    'the first orders',
    40_000,
  );
  child.kill('SIGKILL');
  const killed = await runOf('import');
  expect(killed?.status).toBe('running');
  const exports = store.sandbox.store.bulkOperations.size;
  const ended = new Promise((resolve) => child?.once('exit', resolve));
  await ended;

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
