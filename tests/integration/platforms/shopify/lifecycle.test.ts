import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { recordDeliveries } from '#app/domains/inbox/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import processInbox from '#app/flows/process-inbox.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { uninstallApp } from '#sandbox/shopify/installation.ts';
import { startTestStore, testDomain, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;

beforeEach(async () => {
  store = await startTestStore();
  shopId = await visit();
});
afterEach(() => store.close());

async function visit(): Promise<ShopId> {
  const request = new Request(`${store.appUrl}/`, { headers: { authorization: `Bearer ${store.sessionToken()}` } });
  const outcome = await authenticateMerchant(store.test.services, request);
  if (outcome.code !== 'authenticated') throw new Error(outcome.code);
  return outcome.shopId;
}

async function deliver(topic: string, body: unknown, triggeredAt = new Date()): Promise<void> {
  const { services } = store.test;
  await recordDeliveries(services.db.pool, [
    { platform: 'shopify', deliveryId: randomUUID(), shopDomain: testDomain, topic, apiVersion: '2026-10', triggeredAt, body: JSON.stringify(body) },
  ]);
  await processInbox({ shopId }, { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
}

const readShop = () => store.test.services.db.asSystem(({ tx }) => tx.shop.findFirst({ where: { domain: testDomain } }));

/** Rows of any table that still name the shop, seen from behind row-level security. */
async function rowsLeft(): Promise<string[]> {
  const { db } = store.test.services;
  return db.asSystem(async ({ tx }) => {
    const tables = await tx.$queryRaw<{ name: string }[]>`SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'shop_id'`;
    const left: string[] = [];
    for (const { name } of tables) {
      const rows = await tx.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM "${name}" WHERE shop_id = '${shopId}' LIMIT 1`);
      if (rows.length > 0) left.push(name);
    }
    return left;
  });
}

const order = (values: Partial<PlatformOrder>): PlatformOrder => ({
  id: '1', name: '#1', customerId: '5', placedAt: new Date('2026-01-01'), updatedAt: new Date('2026-01-01'), cancelledAt: null, currency: 'EUR',
  subtotalMinor: 100, discountMinor: 0, totalMinor: 100, refundedMinor: 0, visitorId: null, test: false, lines: [], ...values,
});

test('uninstalling drops the tokens and cancels runs, coming back starts anew with the same tenant', async () => {
  uninstallApp(store.sandbox.shop().store);
  await deliver('app/uninstalled', { id: 1 });
  expect(await readShop()).toMatchObject({ status: 'uninstalled' });
  const { db } = store.test.services;
  expect(await db.inShop(shopId, ({ tx }) => tx.shopifySession.count({ where: { shopId } }))).toBe(0);
  expect((await db.inShop(shopId, (scope) => listRuns(scope, { limit: 5 }))).map((run) => run.status)).toEqual(['cancelled']);

  store.sandbox.install(testDomain);
  expect(await visit()).toBe(shopId);
  expect(await readShop()).toMatchObject({ status: 'installed', uninstalledAt: null });
  expect((await db.inShop(shopId, (scope) => listRuns(scope, { limit: 5 }))).map((run) => run.status).sort()).toEqual(['cancelled', 'queued']);

  // A farewell from before the return, delivered late, says nothing about today.
  await deliver('app/uninstalled', { id: 1 }, new Date(Date.now() - 3_600_000));
  await deliver('shop/redact', { shop_id: 1 }, new Date(Date.now() - 3_600_000));
  expect(await readShop()).toMatchObject({ status: 'installed' });
});

test('shop/redact after an uninstall leaves nothing of the tenant', async () => {
  await store.test.services.db.inShop(shopId, (scope) => upsertOrders(scope, [order({})]));
  await deliver('app/uninstalled', { id: 1 });
  await deliver('shop/redact', { shop_id: 1, shop_domain: testDomain });
  expect(await readShop()).toBeNull();
  expect(await rowsLeft()).toEqual([]);
});

test('customers/redact takes the person off orders, their signals away, and keeps the sums', async () => {
  const { db } = store.test.services;
  const visitorId = randomUUID();
  await db.inShop(shopId, async (scope) => {
    await upsertOrders(scope, [order({ id: '1', visitorId }), order({ id: '2', customerId: null, visitorId }), order({ id: '3', customerId: '6' })]);
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

test('a redaction that names nobody is done without harm', async () => {
  await deliver('customers/redact', { customer: {} });
  await deliver('customers/data_request', { customer: { email: 'x@example.com' } });
  const statuses = await store.test.services.db.inShop(shopId, ({ tx }) => tx.webhookInbox.findMany({ where: { shopId }, select: { status: true } }));
  expect(statuses.map((row) => row.status)).toEqual(['done', 'done']);
});
