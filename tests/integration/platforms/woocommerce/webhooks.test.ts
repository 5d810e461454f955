import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectByKeys } from '#app/flows/connect-woocommerce.ts';
import { signWebhook } from '#app/platforms/woocommerce/webhooks/signature.ts';
import { readWebhookSecret } from '#app/platforms/woocommerce/auth/store.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;
let shopId: ShopId;
let secret: string;

beforeAll(async () => {
  store = await startWooTestStore();
  const { services } = store.test;
  const key = store.woo.createKey();
  const keys = { consumerKey: key.consumer_key, consumerSecret: key.consumer_secret };
  const connected = await connectByKeys(services, store.woo.url, keys);
  if (!connected.ok) throw new Error(connected.code);
  shopId = await services.db.asSystem(async ({ tx }) => toShopId((await tx.shop.findFirstOrThrow()).id));
  secret = (await services.db.inShop(shopId, (scope) => readWebhookSecret(scope, services.secrets))) ?? '';
});
afterAll(() => store.close());
beforeEach(() => store.test.services.db.asSystem(({ tx }) => tx.webhookInbox.deleteMany({})));

const platform = () => {
  const found = store.test.services.platforms.woocommerce;
  if (!found) throw new Error('no adapter');
  return found;
};
const ref = () => ({ shopId, domain: new URL(store.woo.url).host });
const inbox = () => store.test.services.db.asSystem(({ tx }) => tx.webhookInbox.findMany({ orderBy: { id: 'asc' } }));

function deliver(body: string, headers: Record<string, string | null> = {}, id: string = shopId): Promise<Response> {
  const all: Record<string, string | null> = {
    'x-wc-webhook-topic': 'order.updated',
    'x-wc-webhook-id': '7',
    'x-wc-webhook-delivery-id': 'shared-by-a-whole-second',
    'x-wc-webhook-signature': signWebhook(Buffer.from(body), secret),
    ...headers,
  };
  const given = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  return fetch(`${store.appUrl}/webhooks/woocommerce/${id}`, {
    method: 'POST',
    body,
    headers: Object.fromEntries(given),
  });
}

test('each topic is asked for once, and what was switched off or doubled is mended', async () => {
  await platform().keepWebhooks(ref());
  const rows = () => [...store.woo.store.webhooks.values()].filter(({ deliveryUrl }) => deliveryUrl.includes(shopId));
  const topics = rows().map(({ topic }) => topic);
  expect(new Set(topics).size).toBe(topics.length);
  expect(topics).toContain('order.updated');
  expect(await platform().keepWebhooks(ref())).toBe(0);

  const [first, second] = rows();
  if (!first || !second) throw new Error('no webhooks');
  store.woo.store.put('webhooks', { ...first, status: 'disabled', failureCount: 6 });
  store.woo.store.put('webhooks', { ...second, id: store.woo.store.nextId() });
  expect(await platform().keepWebhooks(ref())).toBe(2);
  expect(rows().map(({ status, failureCount }) => [status, failureCount])).toEqual(topics.map(() => ['active', 0]));
  expect(
    rows()
      .map(({ topic }) => topic)
      .sort(),
  ).toEqual([...topics].sort());
});

test('what happens in the store arrives signed and is stored once', async () => {
  await platform().keepWebhooks(ref());
  const order = [...store.woo.store.orders.values()].at(-1);
  if (!order) throw new Error('no orders');
  store.woo.store.put('orders', { ...order, updatedAt: store.woo.store.stamp() });
  await store.woo.webhooks.run();
  const rows = await inbox();
  expect(rows.map(({ topic, shopId: owner }) => [topic, owner])).toEqual([['order.updated', shopId]]);
  expect(rows[0] && platform().parseWebhook(rows[0].topic, rows[0].body)).toMatchObject({
    type: 'order-changed',
    id: String(order.id),
  });
});

test('one delivery twice is one, two objects under one delivery id are two', async () => {
  for (const body of ['{"id":1}', '{"id":1}', '{"id":2}', '{"id":1,"status":"completed"}'])
    expect((await deliver(body)).status).toBe(200);
  expect(await inbox()).toHaveLength(3);
});

test('a second deletion of one record is another one, the same delivery twice is not', async () => {
  const topic = { 'x-wc-webhook-topic': 'order.deleted' };
  for (const delivery of ['one', 'one', 'two'])
    expect((await deliver('{"id":1}', { ...topic, 'x-wc-webhook-delivery-id': delivery })).status).toBe(200);
  expect(await inbox()).toHaveLength(2);
});

test.each([
  ['no signature', () => deliver('{"id":1}', { 'x-wc-webhook-signature': null })],
  [
    'another secret',
    () => deliver('{"id":1}', { 'x-wc-webhook-signature': signWebhook(Buffer.from('{"id":1}'), 'x') }),
  ],
  [
    'the signature of another body',
    () => deliver('{"id":1}', { 'x-wc-webhook-signature': signWebhook(Buffer.from('{}'), secret) }),
  ],
  ['a shop that nobody knows', () => deliver('{"id":1}', {}, '00000000-0000-4000-8000-000000000000')],
  ['no shop at all', () => deliver('{"id":1}', {}, 'constructor')],
  ['a ping with more in it', () => deliver('webhook_id=7&id=1', { 'x-wc-webhook-signature': null })],
])('%s is 401 and stores nothing', async (_name, send) => {
  expect((await send()).status).toBe(401);
  expect(await inbox()).toEqual([]);
});

test('the ping is no delivery and gets its 200, signed or not', async () => {
  expect((await deliver('webhook_id=7', { 'x-wc-webhook-signature': null })).status).toBe(200);
  expect(await inbox()).toEqual([]);
});

test('a topic that is missing is 400', async () => {
  expect((await deliver('{"id":1}', { 'x-wc-webhook-topic': null })).status).toBe(400);
});
