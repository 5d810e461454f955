import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { listRuns, type Run } from '#app/domains/activity/index.ts';
import { recordDeliveries } from '#app/domains/inbox/index.ts';
import { countOrders } from '#app/domains/orders/index.ts';
import { processInbox } from '#app/flows/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { orderPayloadText } from '#tests/factories/order-payloads.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { type RunningProcess, startWorkerProcess } from '#tests/setup/processes.ts';
import { startTestStore, testDomain, type TestStore, waitFor } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;
let worker: RunningProcess | null = null;

afterEach(async () => {
  await worker?.kill();
  await store.close();
});

const runOf = async (kind: Run['kind']) =>
  (await store.test.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind })))[0];

test('workers that are told to stop in the middle lose no job: the next ones finish each, once', async () => {
  store = await startTestStore({ size: { products: 30, customers: 100, orders: 3000, days: 365 } });
  ({ shopId } = await installedStore(store));
  const { services } = store.test;
  const deliveries = Array.from({ length: 400 }, (_, index) => ({
    platform: 'shopify' as const,
    deliveryId: `stop-${String(index)}`,
    shopDomain: testDomain,
    topic: 'orders/create',
    apiVersion: '2026-10',
    triggeredAt: null,
    body: orderPayloadText({
      id: String(7_000_000 + index),
      lines: [{ id: String(8_000_000 + index), productId: '1' }],
    }),
  }));
  await recordDeliveries(services.db.pool, deliveries);
  await services.queue.enqueue(processInbox, { shopId });
  const countDone = () =>
    services.db.inShop(shopId, ({ tx }) => tx.webhookInbox.count({ where: { shopId, status: 'done' } }));

  worker = await startWorkerProcess(store.test);
  await waitFor(
    async () => (await countDone()) > 0 && (await runOf('import'))?.status === 'running',
    'both jobs at work',
    40_000,
  );
  const stopped = once(worker.child, 'exit');
  worker.child.kill('SIGTERM');
  expect(await stopped).toEqual([0, null]);
  const done = await countDone();
  const waiting = await runOf('import');
  // Otherwise nothing was interrupted and the rest proves nothing. A run is laid down, not left for dead.
  expect([done < deliveries.length || waiting?.status === 'queued', waiting?.status]).toEqual([
    true,
    expect.stringMatching(/^(queued|succeeded)$/),
  ]);

  worker = await startWorkerProcess(store.test);
  await waitFor(async () => (await runOf('import'))?.status === 'succeeded', 'the import', 60_000);
  await waitFor(async () => (await countDone()) === deliveries.length, 'the deliveries', 60_000);
  await services.db.inShop(shopId, async (scope) => {
    expect((await countOrders(scope)).orders).toBe(store.sandbox.store.orders.size + deliveries.length);
    const { tx } = scope;
    const lines = [...store.sandbox.store.orders.values()].reduce(
      (sum, order) => sum + order.lines.length,
      deliveries.length,
    );
    expect(await tx.orderLine.count({ where: { shopId } })).toBe(lines);
    expect(await tx.run.count({ where: { shopId, kind: 'import' } })).toBe(1);
    expect(
      await tx.webhookInbox.count({ where: { shopId, attempts: { gt: 2 }, deliveryId: { startsWith: 'stop-' } } }),
    ).toBe(0);
  });
}, 180_000);
