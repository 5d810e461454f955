import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import importShop from '#app/flows/import-shop.ts';
import processInbox from '#app/flows/process-inbox.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { orderPayloadText } from '#tests/factories/order-payloads.ts';
import { webhookRequest } from '#tests/factories/webhooks.ts';
import { startTestStore, testDomain, type TestStore, waitFor } from '#tests/setup/shopify.ts';
import { contextAhead } from './healing.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { environmentOf, type RunningProcess, startProcess, startWorkerProcess } from '#tests/setup/processes.ts';

let store: TestStore;
let shopId: ShopId;
let importRun: string;
let processes: RunningProcess[] = [];

beforeEach(async () => {
  store = await startTestStore({ size: { products: 5, customers: 5, orders: 20, days: 30 } });
  ({ shopId, importRun } = await installedStore(store));
});
afterEach(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  processes = [];
  await store.close();
});

test('four processes that find the same old access token renew it once', async () => {
  const { services } = store.test;
  await services.db.inShop(shopId, ({ tx }) =>
    tx.shopifySession.updateMany({ data: { expires: new Date(Date.now() - 1000) } }),
  );
  const refreshTokens = () =>
    [...store.sandbox.shop().store.tokens.values()].filter((token) => token.kind === 'refresh').length;
  const before = refreshTokens();
  processes = await Promise.all(
    Array.from({ length: 4 }, () =>
      startProcess('tests/chaos/children/read-shop.ts', environmentOf(store.test), [shopId, testDomain]),
    ),
  );
  const answers = Promise.all(processes.map(async ({ child }) => (await once(child, 'message'))[0] as unknown));
  for (const { child } of processes) child.send('go');
  expect(await answers).toEqual(processes.map(() => ({ ok: true })));
  expect(refreshTokens() - before).toBe(1);
  // The pair that was saved is the one that Shopify gave last: the next renewal works.
  await services.db.inShop(shopId, ({ tx }) =>
    tx.shopifySession.updateMany({ data: { expires: new Date(Date.now() - 1000) } }),
  );
  await expect(services.platforms.shopify?.readShop({ shopId, domain: testDomain })).resolves.toMatchObject({
    name: store.sandbox.store.shop.name,
  });
});

test('two worker processes and this one at the same inbox work at each delivery once', async () => {
  const { services } = store.test;
  await importShop({ shopId, runId: importRun }, contextAhead(services));
  processes = await Promise.all([startWorkerProcess(store.test), startWorkerProcess(store.test)]);
  const orders = Array.from({ length: 120 }, (_, index) => `70000000000000${String(index).padStart(4, '0')}`);
  const send = (id: string) =>
    fetch(webhookRequest(store.appUrl, orderPayloadText({ id }), { domain: testDomain, id: randomUUID() }));
  for (let at = 0; at < orders.length; at += 20) {
    const answers = await Promise.all(orders.slice(at, at + 20).map(send));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    await processInbox({ shopId }, contextAhead(services));
  }
  const rows = await waitFor(async () => {
    const found = await services.db.inShop(shopId, ({ tx }) =>
      tx.webhookInbox.findMany({ where: { shopId, topic: 'orders/updated' }, omit: { body: true } }),
    );
    return found.every((row) => row.status !== 'pending') && found;
  }, 'an empty inbox');
  expect(rows).toHaveLength(orders.length);
  expect(rows.filter((row) => row.status !== 'done' || row.attempts !== 1)).toEqual([]);
  const steps = await services.db.inShop(shopId, ({ tx }) => tx.flowStep.count({ where: { shopId, step: 'orders' } }));
  expect(steps).toBe(orders.length);
  const stored = await services.db.inShop(shopId, ({ tx }) =>
    tx.order.count({ where: { shopId, id: { in: orders } } }),
  );
  expect(stored).toBe(orders.length);
});
