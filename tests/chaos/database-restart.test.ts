import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import importShop from '#app/flows/import-shop.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { orderPayloadText } from '#tests/factories/order-payloads.ts';
import { chaosSeed, seededRandom } from '#tests/factories/random.ts';
import { webhookRequest } from '#tests/factories/webhooks.ts';
import { startTestStore, testDomain, type TestStore, waitFor } from '#tests/setup/shopify.ts';
import { contextAhead, settleInbox } from './healing.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { differences, ordersOfMirror, ordersOfStore } from './oracle.ts';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';
import { type RunningProcess, startWorkerProcess } from '#tests/setup/processes.ts';
import { busyStore } from './shoppers.ts';

let postgres: OwnPostgres;
let store: TestStore;
let worker: RunningProcess | null = null;

afterEach(async () => {
  await worker?.kill();
  await store.close();
  await postgres.stop();
});

test(`PostgreSQL restarted and crashed under load: what was answered 200 is processed, everything else is delivered again (seed ${String(chaosSeed)})`, async () => {
  postgres = await startOwnPostgres();
  const options = {
    size: { products: 15, customers: 15, orders: 30, days: 30 },
    bucket: { maximum: 20_000, restore: 20_000 },
    webhookTimeScale: 0.005,
  };
  store = await startTestStore(options, () => ({ database: postgres.database, platforms: createPlatforms }));
  const { services } = store.test;
  const { shopId, importRun } = await installedStore(store);
  await importShop({ shopId, runId: importRun }, contextAhead(services));
  worker = await startWorkerProcess(store.test);

  const { deliveries } = store.sandbox.shop().store;
  const answered = (status: (code: number | null) => boolean) =>
    [...deliveries.values()].filter((one) => one.attempts.some((attempt) => status(attempt.status)));
  const somethingHappens = busyStore(store.sandbox.store, seededRandom(chaosSeed));
  let events = 0;
  const load = setInterval(() => {
    if (events < 60) somethingHappens();
    events += 1;
  }, 40);
  try {
    await waitFor(async () => answered((code) => code === 200).length > 5, 'the first deliveries');
    await postgres.restart('SIGINT');
    const before = answered((code) => code === 200).length;
    await waitFor(async () => answered((code) => code === 200).length > before + 5, 'deliveries after the restart');
    await postgres.restart('SIGQUIT');
    await waitFor(async () => events >= 60, 'the end of the load');
  } finally {
    clearInterval(load);
  }
  await store.sandbox.shop().webhooks.settled();
  expect([...deliveries.values()].filter((one) => one.state !== 'delivered').map((one) => one.attempts)).toEqual([]);
  // Otherwise nothing met a database that was down.
  expect(answered((code) => code === null || code >= 500).length).toBeGreaterThan(0);

  const stored = await services.db.asSystem(({ tx }) =>
    tx.webhookInbox.findMany({ where: { shopId }, select: { deliveryId: true } }),
  );
  const known = new Set(stored.map((row) => row.deliveryId));
  expect([...deliveries.keys()].filter((id) => !known.has(id))).toEqual([]);
  expect(known.size).toBe(stored.length);

  // The worker process has lived through it: it works at what comes now, without help.
  const id = '7999000000000001';
  const delivery = randomUUID();
  expect(
    (await fetch(webhookRequest(store.appUrl, orderPayloadText({ id }), { domain: testDomain, id: delivery }))).status,
  ).toBe(200);
  expect([worker.child.exitCode, worker.lastWords()]).toEqual([null, '']);
  await waitFor(
    async () =>
      (await services.db.asSystem(({ tx }) =>
        tx.webhookInbox.findFirst({ where: { deliveryId: delivery, status: 'done' } }),
      )) !== null,
    'the worker',
    60_000,
  );

  await waitFor(async () => (await settleInbox(services, shopId)) === 0, 'an empty inbox', 60_000);
  const mirror = await ordersOfMirror(services, shopId);
  delete mirror[id];
  expect(differences(ordersOfStore(store.sandbox.store), mirror)).toEqual([]);
  const failed = await services.db.asSystem(({ tx }) => tx.webhookInbox.count({ where: { status: 'failed' } }));
  expect(failed).toBe(0);
}, 240_000);
