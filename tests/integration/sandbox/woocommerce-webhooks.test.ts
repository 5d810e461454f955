import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { WooSandbox } from '#sandbox/woocommerce/server.ts';
import { ask, receiver, wooForTest, type Keys, type Received, type Tree } from './woocommerce-client.ts';

const secret = 'Secret123';
const parsed = (received: Received | undefined): Tree => JSON.parse(received?.body ?? 'null') as Tree;
const deliveries = (received: readonly Received[]): Received[] =>
  received.filter(({ headers }) => headers['x-wc-webhook-topic'] !== undefined);

async function subscribe(woo: WooSandbox, keys: Keys, url: string, topic: string): Promise<number> {
  const body = { name: topic, topic, delivery_url: url, secret };
  const answer = await ask(woo, keys, '/webhooks', { method: 'POST', body });
  expect(answer.status).toBe(201);
  return Number(answer.body['id']);
}

const simple = (woo: WooSandbox) =>
  [...woo.store.products.values()].filter(({ type, stockQuantity }) => type === 'simple' && (stockQuantity ?? 0) > 5);
const order = (woo: WooSandbox, at = 0) =>
  woo.placeOrder({
    lines: [{ productId: simple(woo)[at]?.id ?? 0, variationId: 0, quantity: 1 }],
    email: 'a@example.com',
  });

test('a new webhook is announced by an unsigned form before it is answered', async () => {
  const woo = await wooForTest();
  const app = await receiver();
  const id = await subscribe(woo, woo.createKey(), `${app.url}/hooks`, 'order.created');
  expect(app.received).toHaveLength(1);
  const [ping] = app.received;
  expect(ping?.body).toBe(`webhook_id=${id.toString()}`);
  expect(ping?.headers['content-type']).toContain('application/x-www-form-urlencoded');
  expect(ping?.headers['x-wc-webhook-signature']).toBeUndefined();
});

test('a delivery is signed over its bytes and shows the object as it is when it is sent', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  const app = await receiver();
  const id = await subscribe(woo, keys, `${app.url}/hooks`, 'order.created');
  const made = order(woo);
  await ask(woo, keys, `/orders/${made.id.toString()}`, { method: 'PUT', body: { status: 'completed' } });
  await woo.webhooks.run();
  const [sent, ...more] = deliveries(app.received);
  expect(more).toEqual([]);
  expect(parsed(sent)).toMatchObject({ id: made.id, status: 'completed' });
  expect(sent?.headers).toMatchObject({
    'x-wc-webhook-topic': 'order.created',
    'x-wc-webhook-resource': 'order',
    'x-wc-webhook-event': 'created',
    'x-wc-webhook-id': id.toString(),
    'x-wc-webhook-source': `${woo.url}/`,
    'x-wc-webhook-signature': createHmac('sha256', secret)
      .update(sent?.body ?? '')
      .digest('base64'),
  });
  expect(sent?.headers['user-agent']).toMatch(/^WooCommerce\/.+ Hookshot \(WordPress\/.+\)$/);
});

test('quick changes of one object are one delivery; objects of one second share the delivery id', async () => {
  const now = new Date('2026-07-01T10:00:00Z');
  const woo = await wooForTest({ clock: () => now });
  const keys = woo.createKey();
  const app = await receiver();
  await subscribe(woo, keys, app.url, 'product.updated');
  const [a, b] = simple(woo);
  for (const name of ['One', 'Two', 'Three'])
    for (const product of [a, b])
      await ask(woo, keys, `/products/${(product?.id ?? 0).toString()}`, { method: 'PUT', body: { name } });
  await woo.webhooks.run();
  const sent = deliveries(app.received);
  expect(sent.map((one) => parsed(one)['name'])).toEqual(['Three', 'Three']);
  expect(new Set(sent.map(({ headers }) => headers['x-wc-webhook-delivery-id'])).size).toBe(1);
});

test('a refund is told as an update of its order, a trashed object by its id, and one removed for good not at all', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  const app = await receiver();
  const made = [order(woo), order(woo, 1), order(woo, 2)].map(({ id }) => id);
  for (const topic of ['order.updated', 'order.deleted']) await subscribe(woo, keys, app.url, topic);
  woo.refundOrder(made[0] ?? 0, { amount: 100, reason: '', lines: [], restock: false });
  await ask(woo, keys, `/orders/${(made[1] ?? 0).toString()}`, { method: 'DELETE' });
  await ask(woo, keys, `/orders/${(made[2] ?? 0).toString()}?force=true`, { method: 'DELETE' });
  await woo.webhooks.run();
  const sent = deliveries(app.received);
  expect(sent.map(({ headers }) => headers['x-wc-webhook-topic'])).toEqual(['order.updated', 'order.deleted']);
  expect(parsed(sent[0])).toMatchObject({ id: made[0], refunds: [{ total: '-1.00' }] });
  expect(parsed(sent[1])).toEqual({ id: made[1] });
});

test('an order is told as new when it leaves its draft', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  const app = await receiver();
  for (const topic of ['order.created', 'order.updated']) await subscribe(woo, keys, app.url, topic);
  const draft = { ...order(woo), id: woo.store.nextId(), status: 'checkout-draft' as const };
  await woo.webhooks.run();
  const before = deliveries(app.received).length;
  woo.store.put('orders', draft);
  await woo.webhooks.run();
  expect(deliveries(app.received)).toHaveLength(before);
  woo.store.put('orders', { ...draft, status: 'processing' });
  await woo.webhooks.run();
  const [sent, ...more] = deliveries(app.received).slice(before);
  expect(more).toEqual([]);
  expect(sent?.headers['x-wc-webhook-topic']).toBe('order.created');
});

test('an object that is gone when its turn comes gives the API’s error, signed', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  const app = await receiver();
  await subscribe(woo, keys, app.url, 'order.created');
  await ask(woo, keys, `/orders/${order(woo).id.toString()}?force=true`, { method: 'DELETE' });
  await woo.webhooks.run();
  expect(parsed(deliveries(app.received)[0])).toMatchObject({ code: 'woocommerce_rest_shop_order_invalid_id' });
});

test('the seventh failure in a row disables the webhook; activated again, it falls at its next failure', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  let status = 200;
  const app = await receiver(() => status);
  const id = await subscribe(woo, keys, app.url, 'order.created');
  status = 500;
  const fail = async (): Promise<unknown> => {
    order(woo);
    await woo.webhooks.run();
    return (await ask(woo, keys, `/webhooks/${id.toString()}`)).body['status'];
  };
  const seen: unknown[] = [];
  for (let round = 0; round < 7; round += 1) seen.push(await fail());
  expect(seen).toEqual([...Array.from({ length: 6 }, () => 'active'), 'disabled']);
  const before = app.received.length;
  await fail();
  expect(app.received).toHaveLength(before);
  await ask(woo, keys, `/webhooks/${id.toString()}`, { method: 'PUT', body: { status: 'active' } });
  expect(await fail()).toBe('disabled');
  await ask(woo, keys, `/webhooks/${id.toString()}`, { method: 'PUT', body: { status: 'active' } });
  status = 302;
  expect(await fail()).toBe('active');
  status = 500;
  expect(await fail()).toBe('active');
});

test('a ping that was refused is sent again with each save, and never shown', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  const app = await receiver((count) => (count === 1 ? 404 : 200));
  await subscribe(woo, keys, app.url, 'order.created');
  order(woo);
  await woo.webhooks.run();
  order(woo);
  await woo.webhooks.run();
  expect(app.received.map(({ headers }) => headers['x-wc-webhook-topic'] ?? 'ping')).toEqual([
    'ping',
    'order.created',
    'ping',
    'order.created',
  ]);
});

test('drops, doubles and another order are the same for the same seed', async () => {
  const story = async (seed: number): Promise<number[]> => {
    const woo = await wooForTest({ seed });
    const app = await receiver();
    await subscribe(woo, woo.createKey(), app.url, 'order.created');
    Object.assign(woo.faults, { webhookDrop: 0.3, webhookDuplicate: 0.1, webhookReorder: true });
    const first = order(woo).id;
    for (let count = 1; count < 40; count += 1) order(woo, count % 3);
    await woo.webhooks.run();
    return deliveries(app.received).map((one) => Number(parsed(one)['id']) - first);
  };
  const one = await story(1);
  expect(await story(1)).toEqual(one);
  expect(one.length).toBeLessThan(40);
  expect(new Set(one).size).toBeLessThan(one.length);
  expect(one).not.toEqual(one.toSorted((a, b) => a - b));
});

test('a real store calls neither this machine nor strange ports', async () => {
  const woo = await wooForTest({ allowLoopback: false });
  const app = await receiver();
  await subscribe(woo, woo.createKey(), app.url, 'order.created');
  expect(app.received).toEqual([]);
});

test('keys, webhooks, orders and what waits in the queue survive a restart', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'woo-'));
  onTestFinished(() => {
    rmSync(dataFolder, { recursive: true, force: true });
  });
  const app = await receiver();
  const first = await wooForTest({ dataFolder });
  const keys = first.createKey();
  await subscribe(first, keys, app.url, 'order.created');
  const made = order(first);
  const sizes = [first.store.orders.size, first.store.products.size];
  await first.close();
  const second = await wooForTest({ dataFolder });
  expect([second.store.orders.size, second.store.products.size]).toEqual(sizes);
  expect((await ask(second, keys, `/orders/${made.id.toString()}`)).body).toMatchObject({ id: made.id });
  await second.webhooks.run();
  expect(parsed(deliveries(app.received)[0])).toMatchObject({ id: made.id });
  expect(order(second).id).toBeGreaterThan(made.id);
});
