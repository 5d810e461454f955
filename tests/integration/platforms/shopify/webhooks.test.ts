import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listDeliveries } from '#app/domains/inbox/index.ts';
import { processInbox } from '#app/flows/jobs.ts';
import processInboxHandler from '#app/flows/process-inbox.ts';
import sweepHandler from '#app/flows/sweep.ts';
import { signWebhook } from '#app/platforms/shopify/hmac.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { visit } from '#tests/setup/installed-store.ts';
import { testApiSecret } from '#tests/setup/services.ts';
import { startTestStore, testDomain, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;

beforeAll(async () => {
  store = await startTestStore();
  shopId = await visit(store);
});
afterAll(() => store.close());

let orderId: string;
beforeEach(() => {
  // Above 2^53, as Shopify's own samples are.
  orderId = `9${String(Date.now())}${String(Math.floor(Math.random() * 1e5)).padStart(5, '0')}`;
});

const context = () => ({
  services: store.test.services,
  attempt: 1,
  lastAttempt: true,
  signal: new AbortController().signal,
});
const work = () => processInboxHandler({ shopId }, context());

function orderBody(values: { updatedAt: string; total: string; quantity?: number }): string {
  // Ids as bare numbers, as Shopify writes them.
  return `{"id":${orderId},"name":"#1","created_at":"2026-05-01T10:00:00Z","processed_at":"2026-05-01T10:00:00Z","updated_at":"${values.updatedAt}",
    "currency":"EUR","total_price":"${values.total}","total_discounts":"0.00","customer":{"id":9007199254740993},
    "note_attributes":[{"name":"_trellis_visitor","value":"${randomUUID()}"}],
    "line_items":[{"id":9007199254740995,"product_id":9007199254740997,"variant_id":null,"title":"Vase","quantity":${String(values.quantity ?? 1)},"price":"${values.total}","properties":[{"name":"_trellis_source","value":"cart"}]}]}`;
}

async function send(
  body: string | Buffer,
  values: { topic?: string; id?: string; hmac?: string | null; path?: string; headers?: Record<string, string> } = {},
): Promise<number> {
  const bytes = Buffer.from(body);
  const hmac = values.hmac === undefined ? signWebhook(bytes, testApiSecret) : values.hmac;
  const response = await fetch(`${store.appUrl}${values.path ?? '/webhooks'}`, {
    method: 'POST',
    body: bytes,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': values.topic ?? 'orders/updated',
      'x-shopify-shop-domain': testDomain,
      'x-shopify-webhook-id': values.id ?? randomUUID(),
      'x-shopify-api-version': '2026-10',
      'x-shopify-triggered-at': '2026-05-01T10:00:00Z',
      ...(hmac === null ? {} : { 'x-shopify-hmac-sha256': hmac }),
      ...values.headers,
    },
  });
  await response.arrayBuffer();
  return response.status;
}

const readOrder = () =>
  store.test.services.db.inShop(shopId, async ({ tx }) => {
    const order = await tx.order.findFirst({ where: { shopId, id: orderId } });
    return (
      order && {
        total: Number(order.totalMinor),
        customerId: order.customerId,
        lines: await tx.orderLine.findMany({ where: { shopId, orderId } }),
      }
    );
  });
const readDelivery = async (id: string) =>
  store.test.services.db.inShop(shopId, ({ tx }) => tx.webhookInbox.findFirst({ where: { shopId, deliveryId: id } }));

test('an order arrives once although it is delivered three times, with every digit of its ids', async () => {
  const id = randomUUID();
  const body = orderBody({ updatedAt: '2026-05-01T10:00:00Z', total: '12.50' });
  expect(await Promise.all([send(body, { id }), send(body, { id }), send(body, { id })])).toEqual([200, 200, 200]);
  await work();
  const order = await readOrder();
  expect(order).toMatchObject({ total: 1250, customerId: '9007199254740993' });
  expect(order?.lines).toMatchObject([{ id: '9007199254740995', productId: '9007199254740997', source: 'cart' }]);
  // The body is gone once it is done, the note of the delivery stays.
  expect(await readDelivery(id)).toMatchObject({ status: 'done', body: '', attempts: 1 });
});

test('an older version after a newer one changes nothing', async () => {
  await send(orderBody({ updatedAt: '2026-05-01T12:00:00Z', total: '20.00', quantity: 2 }));
  await send(orderBody({ updatedAt: '2026-05-01T11:00:00Z', total: '10.00', quantity: 1 }));
  await work();
  expect(await readOrder()).toMatchObject({ total: 2000, lines: [{ quantity: 2 }] });
});

test.each([
  ['no signature', null],
  ['a signature with another secret', signWebhook(Buffer.from('{}'), 'other')],
  ['a signature that is no base64', '***'],
])('%s is 401 and stores nothing', async (_name, hmac) => {
  const id = randomUUID();
  expect(await send(orderBody({ updatedAt: '2026-05-01T10:00:00Z', total: '1.00' }), { hmac, id })).toBe(401);
  expect(await send('{}', { hmac, id, path: '/webhooks/compliance', topic: 'customers/redact' })).toBe(401);
  expect(await readDelivery(id)).toBeNull();
});

test('a changed body is 401', async () => {
  const body = orderBody({ updatedAt: '2026-05-01T10:00:00Z', total: '1.00' });
  expect(await send(body.replace('1.00', '9.00'), { hmac: signWebhook(Buffer.from(body), testApiSecret) })).toBe(401);
});

test('a body just under 5 MB is taken, one above it is refused', async () => {
  const padding = (size: number) => `{"id":1,"pad":"${'x'.repeat(size)}"}`;
  expect(await send(padding(5 * 1024 * 1024 - 100), { topic: 'unknown/topic' })).toBe(200);
  expect(await send(padding(5 * 1024 * 1024))).toBe(413);
});

test('an unknown topic is stored and ignored', async () => {
  const id = randomUUID();
  expect(await send('{"id":1}', { id, topic: 'carts/update' })).toBe(200);
  await work();
  expect(await readDelivery(id)).toMatchObject({ status: 'ignored', body: '' });
});

test('malformed JSON is stored, fails for good and shows up for the merchant', async () => {
  const id = randomUUID();
  expect(await send('{"id":', { id })).toBe(200);
  await work();
  expect(await readDelivery(id)).toMatchObject({ status: 'failed', attempts: 1 });
  const failed = await store.test.services.db.inShop(shopId, (scope) =>
    listDeliveries(scope, { limit: 50, status: 'failed' }),
  );
  expect(failed.map((note) => note.error)).toContain('the payload of orders/updated cannot be read');
});

test('one that fails does not hold up the next, and is tried again', async () => {
  const id = randomUUID();
  store.sandbox.shop().faults.apiUnavailable = 1000;
  await send('{"id":123}', { id, topic: 'products/update' });
  await send(orderBody({ updatedAt: '2026-05-01T10:00:00Z', total: '3.00' }));
  // The reading of the product fails with PlatformUnavailable after its own tries.
  await work();
  store.sandbox.shop().faults.apiUnavailable = 0;
  expect(await readDelivery(id)).toMatchObject({ status: 'pending', attempts: 1 });
  expect(await readOrder()).toMatchObject({ total: 300 });
});

test('a delivery whose job was lost is found by the sweeper', async () => {
  const id = randomUUID();
  await send(orderBody({ updatedAt: '2026-05-01T10:00:00Z', total: '4.00' }), { id });
  await store.test.queues.get('webhooks').drain();
  await sweepHandler({}, context());
  const waiting = await store.test.queues.get('webhooks').getJobs(['waiting', 'delayed', 'prioritized']);
  expect(
    waiting.some((job) => job.name === processInbox.id && (job.data as { shopId: string }).shopId === shopId),
  ).toBe(true);
  await work();
  expect(await readDelivery(id)).toMatchObject({ status: 'done' });
});

test('a delivery for a shop that nobody knows is stored without a tenant', async () => {
  const id = randomUUID();
  expect(await send('{}', { id, headers: { 'x-shopify-shop-domain': 'nobody.myshopify.com' } })).toBe(200);
  const row = await store.test.services.db.asSystem(({ tx }) =>
    tx.webhookInbox.findFirst({ where: { deliveryId: id } }),
  );
  expect(row).toMatchObject({ shopId: null, status: 'pending' });
});
