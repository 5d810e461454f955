import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listDeliveries } from '#app/domains/inbox/index.ts';
import sweep from '#app/flows/sweep.ts';
import { orderPayloadText } from '#tests/factories/order-payloads.ts';
import { webhookRequest } from '#tests/factories/webhooks.ts';
import { insertShop } from '#tests/setup/services.ts';
import { bigId, type Intake, startIntake } from './intake.ts';

let intake: Intake;

beforeAll(async () => {
  intake = await startIntake();
});
afterAll(() => intake.close());

const deliveries = () => intake.test.services.db.asSystem(({ tx }) => tx.webhookInbox.count());

describe('the envelope', () => {
  test.each([
    ['no topic', { 'x-shopify-topic': null }, 400],
    ['no shop', { 'x-shopify-shop-domain': null }, 400],
    ['no id', { 'x-shopify-webhook-id': null }, 400],
    ['a shop that is not Shopify’s', { 'x-shopify-shop-domain': 'evil.example' }, 400],
    ['a shop with a path behind it', { 'x-shopify-shop-domain': 'one.myshopify.com/admin' }, 400],
    ['two shops', { 'x-shopify-shop-domain': 'one.myshopify.com, two.myshopify.com' }, 400],
    ['an id of 300 characters', { 'x-shopify-webhook-id': 'x'.repeat(300) }, 400],
    ['no signature', { 'x-shopify-hmac-sha256': null }, 401],
    ['an empty signature', { 'x-shopify-hmac-sha256': '' }, 401],
    ['a signature with one byte more', { 'x-shopify-hmac-sha256': Buffer.alloc(33).toString('base64') }, 401],
  ])('%s: refused, nothing stored', async (_why, headers, status) => {
    const before = await deliveries();
    expect(await intake.send(orderPayloadText({ id: bigId() }), { headers })).toBe(status);
    expect(await deliveries()).toBe(before);
  });

  test('what is missing is looked at after the signature: a forger learns nothing', async () => {
    expect(await intake.send('{}', { secret: 'other', headers: { 'x-shopify-topic': null } })).toBe(401);
  });

  test.each([
    ['no time', null],
    ['a time that is none', 'yesterday'],
    ['a clock ten years ahead', '2036-01-01T00:00:00Z'],
  ])('%s: taken', async (_why, at) => {
    const id = bigId();
    expect(await intake.send(orderPayloadText({ id }), { headers: { 'x-shopify-triggered-at': at } })).toBe(200);
    await intake.work();
    expect(await intake.order(id)).toMatchObject({ total: 1250 });
  });

  test('a stream above 5 MB without a length is cut off and stores nothing', async () => {
    const before = await deliveries();
    const signed = webhookRequest('http://127.0.0.1', '{}', { domain: intake.domain });
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: signed.headers,
      body: endless,
      duplex: 'half',
    };
    expect((await intake.http.app.fetch(new Request(signed.url, init))).status).toBe(413);
    expect(sent * 64).toBeLessThan(6 * 1024);
    expect(await deliveries()).toBe(before);
  });

  test('a wrong length that promises more than 5 MB is refused before the body is read', async () => {
    expect(await intake.send('{}', { headers: { 'content-length': String(6 * 1024 * 1024) } })).toBe(413);
  });

  test('GET is not answered as a webhook', async () => {
    expect((await intake.http.app.request('/webhooks')).status).toBe(404);
  });
});

describe('repetition and order', () => {
  test('one body under two ids converges: the order and its lines stand once', async () => {
    const id = bigId();
    const body = orderPayloadText({ id, lines: [{ id: '1', quantity: 2 }, { id: '2' }] });
    expect([await intake.send(body), await intake.send(body)]).toEqual([200, 200]);
    await intake.work();
    expect((await intake.order(id))?.lines.map((line) => [line.id, line.quantity])).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
  });

  test('replayed long after it was done it is answered 200 and not worked at again', async () => {
    const [id, delivery] = [bigId(), randomUUID()];
    const body = orderPayloadText({ id });
    await intake.send(body, { id: delivery });
    await intake.work();
    expect(await intake.send(body, { id: delivery })).toBe(200);
    await intake.work();
    expect(await intake.delivery(delivery)).toMatchObject({ status: 'done', attempts: 1, body: '' });
  });

  test('a delivery id counts once over all shops', async () => {
    const domain = `other-${randomUUID()}.myshopify.com`;
    await insertShop(intake.test.database, { domain });
    const [id, delivery] = [bigId(), randomUUID()];
    const body = orderPayloadText({ id });
    await intake.send(body, { id: delivery, domain });
    await intake.send(body, { id: delivery });
    await intake.work();
    // Shopify’s ids are unique over all shops: whoever signs with our secret is Shopify, so the first one counts.
    expect(await intake.order(id)).toBeNull();
  });

  test.each([
    ['in order', [1, 2, 3]],
    ['the newest first', [3, 2, 1]],
    ['the newest in the middle', [1, 3, 2]],
    ['each twice, mixed', [2, 3, 1, 3, 2, 1]],
  ])('three versions %s end as the newest, with its lines only', async (_why, sequence) => {
    const id = bigId();
    for (const version of sequence) {
      const lines = Array.from({ length: version }, (_, index) => ({ id: String(index + 1), quantity: version }));
      await intake.send(
        orderPayloadText({
          id,
          updatedAt: `2026-05-0${String(version)}T00:00:00Z`,
          total: `${String(version)}.00`,
          lines,
        }),
      );
    }
    await intake.work();
    const order = await intake.order(id);
    expect(order).toMatchObject({ total: 300 });
    expect(order?.lines.map((line) => line.quantity)).toEqual([3, 3, 3]);
  });

  test('an update that was overtaken by the deletion does not bring the order back', async () => {
    const id = bigId();
    await intake.send(orderPayloadText({ id }), { topic: 'orders/create' });
    await intake.work();
    await intake.send(`{"id":${id}}`, { topic: 'orders/delete' });
    await intake.send(orderPayloadText({ id, updatedAt: '2026-05-01T10:00:01Z' }));
    await intake.work();
    expect(await intake.order(id)).toBeNull();
  });

  test('deliveries of an uninstalled shop are taken, ignored and emptied', async () => {
    const { db } = intake.test.services;
    const other = await startIntake();
    try {
      await other.test.services.db.asSystem(({ tx }) => tx.shop.updateMany({ data: { status: 'uninstalled' } }));
      const [id, delivery] = [bigId(), randomUUID()];
      expect(await other.send(orderPayloadText({ id }), { id: delivery })).toBe(200);
      await other.work();
      expect(await other.delivery(delivery)).toMatchObject({ status: 'ignored', body: '' });
      expect(await other.order(id)).toBeNull();
    } finally {
      await other.close();
    }
    expect(await db.inShop(intake.shopId, ({ tx }) => tx.shop.findFirst())).toMatchObject({ status: 'installed' });
  });

  test('a delivery that came before its shop was known is found by the sweeper', async () => {
    const domain = `late-${randomUUID()}.myshopify.com`;
    const delivery = randomUUID();
    await intake.send(orderPayloadText({ id: bigId() }), { id: delivery, domain });
    const shopId = await insertShop(intake.test.database, { domain });
    await sweep(
      {},
      { services: intake.test.services, attempt: 1, lastAttempt: true, signal: new AbortController().signal },
    );
    const notes = await intake.test.services.db.inShop(shopId, (scope) => listDeliveries(scope, { limit: 5 }));
    expect(notes).toHaveLength(1);
  });
});
