import { afterEach, beforeEach, expect, test } from 'vitest';
import { upsertOrders } from '#app/domains/orders/index.ts';
import forgetOldRecords from '#app/flows/forget-old-records.ts';
import { saveRecords } from '#app/flows/save-records.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { uninstallApp } from '#sandbox/shopify/installation.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { visit } from '#tests/setup/installed-store.ts';
import { insertShop } from '#tests/setup/services.ts';
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

test('a signed body of one store beside the name of another erases nothing', async () => {
  await store.test.services.db.inShop(shopId, (scope) => upsertOrders(scope, [order({ id: '2' })]));
  const { db } = store.test.services;
  const contents = () =>
    db.inShop(shopId, async ({ tx }) => ({
      orders: await tx.order.findMany({ where: { shopId }, orderBy: { id: 'asc' } }),
      runs: await tx.run.count({ where: { shopId } }),
    }));
  const before = await contents();
  uninstallApp(store.sandbox.shop().store);
  await deliver('app/uninstalled', { id: 1 });
  const elsewhere = { shop_id: 1, shop_domain: 'another-store.myshopify.com' };
  await deliver('shop/redact', elsewhere);
  // Nor one that does not say which store it is about.
  await deliver('shop/redact', { shop_id: 1 });
  await deliver('customers/redact', {
    ...elsewhere,
    customer: { id: 5, email: 'a@example.com' },
    orders_to_redact: [2],
  });
  await deliver('customers/data_request', {
    ...elsewhere,
    customer: { id: 5 },
    orders_requested: [2],
    data_request: { id: 99 },
  });
  expect(await readShop()).toMatchObject({ status: 'uninstalled' });
  expect(await contents()).toEqual(before);
});

test('what an import writes while its shop is erased is refused, and what was left nevertheless is found', async () => {
  const { services } = store.test;
  const { db } = services;
  const record = { resource: 'orders', order: order({ id: '77' }) } as const;
  const byReconciliation = { way: 'reconciliation', skewMs: 0, since: null, readAt: new Date() } as const;
  uninstallApp(store.sandbox.shop().store);
  await deliver('shop/redact', { shop_id: 1, shop_domain: testDomain });
  await expect(db.inShop(shopId, (scope) => saveRecords(services, scope, [record], byReconciliation))).rejects.toThrow(
    'was erased',
  );
  expect(await rowsLeft()).toEqual([]);

  await db.inShop(shopId, (scope) => upsertOrders(scope, [record.order]));
  expect(await rowsLeft()).toContain('order');
  const kept = await insertShop(store.test.database, { domain: 'kept.myshopify.com' });
  await db.inShop(kept, (scope) => upsertOrders(scope, [record.order]));
  await forgetOldRecords({}, { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
  expect(await rowsLeft()).toEqual([]);
  expect(await db.inShop(kept, ({ tx }) => tx.order.count({ where: { shopId: kept } }))).toBe(1);
});
