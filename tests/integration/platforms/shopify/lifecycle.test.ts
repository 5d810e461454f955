import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addRun, listRuns, readDataFile } from '#app/domains/activity/index.ts';
import { issueGiftCard } from '#app/domains/codes/index.ts';
import { upsertCustomers } from '#app/domains/customers/index.ts';
import { recordDeliveries } from '#app/domains/inbox/index.ts';
import { earn } from '#app/domains/ledger/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { bindVisitors, ensureAdvocate } from '#app/domains/referrals/index.ts';
import collectCustomerData from '#app/flows/collect-customer-data.ts';
import forgetOldRecords from '#app/flows/forget-old-records.ts';
import { collectCustomerData as collectJob } from '#app/flows/jobs.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { uninstallApp } from '#sandbox/shopify/installation.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { visit } from '#tests/setup/installed-store.ts';
import { deliver as deliverTo, readTestShop, tablesNaming } from '#tests/setup/store-deliveries.ts';
import { startTestStore, testDomain, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;

beforeEach(async () => {
  store = await startTestStore();
  shopId = await visit(store);
});
afterEach(() => store.close());

const deliver = (topic: string, body: unknown, triggeredAt?: Date) =>
  deliverTo(store, shopId, topic, body, triggeredAt);
const readShop = () => readTestShop(store);
const rowsLeft = () => tablesNaming(store, shopId);

const order = (values: Partial<PlatformOrder>): PlatformOrder =>
  platformOrder({ customerId: '5', currency: 'EUR', ...values });

test('uninstalling drops the tokens and cancels runs, coming back starts anew with the same tenant', async () => {
  uninstallApp(store.sandbox.shop().store);
  await deliver('app/uninstalled', { id: 1 });
  expect(await readShop()).toMatchObject({ status: 'uninstalled' });
  const { db } = store.test.services;
  expect(await db.inShop(shopId, ({ tx }) => tx.shopifySession.count({ where: { shopId } }))).toBe(0);
  expect((await db.inShop(shopId, (scope) => listRuns(scope, { limit: 5 }))).map((run) => run.status)).toEqual([
    'cancelled',
  ]);

  store.sandbox.install(testDomain);
  expect(await visit(store)).toBe(shopId);
  expect(await readShop()).toMatchObject({ status: 'installed', uninstalledAt: null });
  expect((await db.inShop(shopId, (scope) => listRuns(scope, { limit: 5 }))).map((run) => run.status).sort()).toEqual([
    'cancelled',
    'queued',
  ]);

  // A farewell from before the return, delivered late, says nothing about today.
  await deliver('app/uninstalled', { id: 1 }, new Date(Date.now() - 3_600_000));
  await deliver('shop/redact', { shop_id: 1, shop_domain: testDomain }, new Date(Date.now() - 3_600_000));
  expect(await readShop()).toMatchObject({ status: 'installed' });
});

test('shop/redact after an uninstall leaves nothing of the tenant', async () => {
  await twoPeople();
  await deliver('customers/data_request', request);
  await deliver('app/uninstalled', { id: 1 });
  await deliver('shop/redact', { shop_id: 1, shop_domain: testDomain });
  expect(await readShop()).toBeNull();
  expect(await rowsLeft()).toEqual([]);
});

test('shop/redact of an earlier uninstall does not touch a merchant who came back within the two days', async () => {
  uninstallApp(store.sandbox.shop().store);
  await deliver('app/uninstalled', { id: 1 });
  store.sandbox.install(testDomain);
  expect(await visit(store)).toBe(shopId);
  await deliver('shop/redact', { shop_id: 1, shop_domain: testDomain });
  expect(await readShop()).toMatchObject({ id: shopId, status: 'installed' });
});

test('shop/redact after an uninstall that we never heard of leaves nothing of the tenant', async () => {
  uninstallApp(store.sandbox.shop().store);
  await deliver('shop/redact', { shop_id: 1, shop_domain: testDomain });
  expect(await readShop()).toBeNull();
  expect(await rowsLeft()).toEqual([]);
});

test('customers/redact takes the person off orders, their signals away, and keeps the sums', async () => {
  const { db } = store.test.services;
  const visitorId = randomUUID();
  await db.inShop(shopId, async (scope) => {
    await upsertOrders(scope, [
      order({ id: '1', visitorId }),
      order({ id: '2', customerId: null, visitorId }),
      order({ id: '3', customerId: '6' }),
    ]);
    const row = { shopId, id: randomUUID(), visitorId, kind: 'view', occurredAt: new Date(), receivedAt: new Date() };
    await scope.tx.signal.create({ data: row });
  });
  await deliver('customers/redact', { customer: { id: 5, email: 'a@example.com' }, orders_to_redact: [2] });
  await db.inShop(shopId, async ({ tx }) => {
    const orders = await tx.order.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
    expect(orders.map((row) => [row.id, row.customerId, row.visitorId, Number(row.totalMinor)])).toEqual([
      ['1', null, null, 100],
      ['2', null, null, 100],
      ['3', '6', null, 100],
    ]);
    expect(await tx.signal.count({ where: { shopId } })).toBe(0);
  });
});

/** Everything that is kept of one person, and as much of another. */
async function twoPeople(): Promise<{ visitorId: string }> {
  const { db, secrets, clock } = store.test.services;
  const visitorId = randomUUID();
  const now = clock.now();
  await db.inShop(shopId, async (scope) => {
    const line = {
      id: '11',
      productId: '7',
      variantId: null,
      title: 'Vase',
      quantity: 2,
      unitPriceMinor: 50,
      discountMinor: 0,
      refundedQuantity: 0,
      bundleId: null,
      source: null,
    };
    await upsertOrders(scope, [
      order({ id: '1', visitorId, lines: [line] }),
      order({ id: '2', customerId: null }),
      order({ id: '3', customerId: '6', visitorId: randomUUID() }),
    ]);
    const person = (id: string, email: string) => ({
      id,
      email,
      locale: 'de',
      tags: ['vip'],
      createdAt: now,
      updatedAt: now,
    });
    await upsertCustomers(scope, secrets, [person('5', 'A@example.com '), person('6', 'b@example.com')]);
    for (const visitor of [visitorId, randomUUID()]) {
      await scope.tx.signal.create({
        data: {
          shopId,
          id: randomUUID(),
          visitorId: visitor,
          kind: 'search',
          query: 'vases',
          occurredAt: now,
          receivedAt: now,
        },
      });
      await scope.tx.exposure.create({
        data: { shopId, experiment: 'holdout', visitorId: visitor, arm: 'treatment', firstSeenAt: now },
      });
    }
    await scope.tx.recommendationVersion.create({ data: { shopId, version: 1, status: 'active', activeAt: now } });
    const items = [{ productId: '7', score: 1, source: 'popular', reason: { support: 1, lift: 1, because: null } }];
    const advocate = await ensureAdvocate(scope, '9', { now, random: randomBytes });
    for (const subjectId of ['5', '6']) {
      await scope.tx.recommendation.create({ data: { shopId, version: 1, surface: 'for-you', subjectId, items } });
      const points = Number(subjectId) * 10;
      await earn(scope, {
        account: { ownerKind: 'customer', ownerId: subjectId, unit: 'points' },
        source: { kind: 'order', id: subjectId, purpose: '' },
        at: now,
        amount: points,
        vestAt: null,
        expiresAt: null,
      });
      const source = { kind: 'loyalty', id: subjectId, purpose: '' };
      const gift = { customerId: subjectId, amountMinor: points, currency: 'EUR', expiresAt: null, note: '' };
      await issueGiftCard(scope, { source, ...gift }, now);
      await bindVisitors(scope, [`c:${subjectId}`], advocate.id, now);
    }
  });
  return { visitorId };
}

const jobContext = () => ({
  services: store.test.services,
  attempt: 1,
  lastAttempt: true,
  signal: new AbortController().signal,
});
const inShop: TestStore['test']['services']['db']['inShop'] = (...args) => store.test.services.db.inShop(...args);
const request = { customer: { email: 'a@EXAMPLE.com' }, orders_requested: [2], data_request: { id: 99 } };

test('customers/data_request: everything kept of the person, and nothing of another, becomes one file', async () => {
  const { visitorId } = await twoPeople();
  await deliver('customers/data_request', request);
  const [run] = await inShop(shopId, (scope) => listRuns(scope, { limit: 5, kind: 'data-request' }));
  if (!run) throw new Error('no run was started');
  // What waits in the queue says nothing about anybody.
  const jobs = await store.test.queues.get(collectJob.queue).getJobs(['waiting', 'delayed', 'prioritized']);
  expect(jobs.filter((job) => job.name === collectJob.id).map((job) => job.data)).toEqual([{ shopId, runId: run.id }]);

  await collectCustomerData({ shopId, runId: run.id }, jobContext());
  const text = await inShop(shopId, (scope) => readDataFile(scope, run.id));
  expect(JSON.parse(text ?? '')).toMatchObject({
    request: { id: '99', orderIds: ['2'] },
    customers: [{ id: '5', locale: 'de', tags: ['vip'] }],
    orders: [{ id: '1', totalMinor: 100, lines: [{ title: 'Vase', quantity: 2, unitPriceMinor: 50 }] }, { id: '2' }],
    visits: {
      visitorIds: [visitorId],
      signals: [{ kind: 'search', query: 'vases' }],
      experiments: [{ arm: 'treatment' }],
    },
    recommendations: [{ customerId: '5', suggestions: [{ productId: '7', source: 'popular' }] }],
    cameByLinks: [{ visitor: 'c:5' }],
    gifts: [{ kind: 'gift-card', amountMinor: 50, currency: 'EUR', state: 'wanted' }],
    ledger: [{ unit: 'points', operation: 'earn', source: 'order', bucket: 'available', amount: 50 }],
  });
  const [done] = await inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind: 'data-request' }));
  // The file is not among the numbers that every look at the page reads.
  expect(done).toMatchObject({ status: 'succeeded', result: { customers: 1, orders: 2, signals: 1, suggestions: 1 } });
  expect(done?.result).not.toHaveProperty('document');

  const clock = { now: () => new Date(Date.now() + 31 * 24 * 3_600_000) };
  await forgetOldRecords({}, { ...jobContext(), services: { ...store.test.services, clock } });
  expect(await inShop(shopId, (scope) => readDataFile(scope, run.id))).toBeNull();
  const [old] = await inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind: 'data-request' }));
  expect(old).toMatchObject({ status: 'succeeded', cursor: {}, result: { available: false, orders: 2 } });
});

test('two requests are two files, one delivered again is one; an uninstall does not end them', async () => {
  await deliver('customers/data_request', request);
  await deliver('customers/data_request', { ...request, data_request: { id: 100 } });
  const runs = () => inShop(shopId, (scope) => listRuns(scope, { limit: 5, kind: 'data-request' }));
  const [first] = await runs();
  await inShop(shopId, (scope) => addRun(scope, { id: first?.id ?? '', kind: 'data-request', now: new Date() }));
  await deliver('app/uninstalled', { id: 1 });
  expect((await runs()).map((run) => run.status)).toEqual(['queued', 'queued']);
});

test('customers/redact clears suggestions, exposures, files and what waits in the inbox', async () => {
  const { visitorId } = await twoPeople();
  await deliver('customers/data_request', request);
  const [run] = await inShop(shopId, (scope) => listRuns(scope, { limit: 5, kind: 'data-request' }));
  await collectCustomerData({ shopId, runId: run?.id ?? '' }, jobContext());
  const waiting = (topic: string, body: string) => ({
    platform: 'shopify' as const,
    deliveryId: randomUUID(),
    shopDomain: testDomain,
    topic,
    apiVersion: '2026-10',
    triggeredAt: new Date(),
    body,
  });
  await recordDeliveries(store.test.services.db.pool, [
    waiting('orders/updated', '{"id":9007199254740993,"email":"A@example.com","customer":{"id":5}}'),
    waiting('orders/updated', '{"id":50,"customer":{"id":55}}'),
    waiting('orders/updated', '{"customer":{"id":5'),
  ]);
  await inShop(shopId, ({ tx }) =>
    tx.webhookInbox.updateMany({ where: { shopId, status: 'pending' }, data: { status: 'failed' } }),
  );
  await deliver('customers/redact', { customer: { id: 5, email: 'a@example.com' }, orders_to_redact: [2] });
  await inShop(shopId, async ({ tx }) => {
    expect((await tx.customer.findMany({ where: { shopId } })).map((row) => row.id)).toEqual(['6']);
    expect((await tx.recommendation.findMany({ where: { shopId } })).map((row) => row.subjectId)).toEqual(['6']);
    expect(await tx.exposure.count({ where: { shopId, visitorId } })).toBe(0);
    expect([await tx.signal.count({ where: { shopId } }), await tx.exposure.count({ where: { shopId } })]).toEqual([
      1, 1,
    ]);
    const bodies = await tx.webhookInbox.findMany({
      where: { shopId, status: 'failed' },
      orderBy: { id: 'asc' },
      select: { body: true },
    });
    expect(bodies.map((row) => row.body)).toEqual(['{"id":"9007199254740993"}', '{"id":50,"customer":{"id":55}}', '']);
    const row = await tx.run.findFirst({ where: { shopId, kind: 'data-request' } });
    expect([row?.cursor, row?.result]).toEqual([{}, expect.not.objectContaining({ document: expect.anything() })]);
  });
});

test('a redaction that names nobody is done without harm', async () => {
  await deliver('customers/redact', { customer: {} });
  await deliver('customers/data_request', { customer: { email: 'x@example.com' } });
  const statuses = await store.test.services.db.inShop(shopId, ({ tx }) =>
    tx.webhookInbox.findMany({ where: { shopId }, select: { status: true } }),
  );
  expect(statuses.map((row) => row.status)).toEqual(['done', 'done']);
});
