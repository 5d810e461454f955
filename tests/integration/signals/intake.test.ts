import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setHoldout } from '#app/domains/experiments/index.ts';
import { createSignalBuffer, type SignalBuffer } from '#app/domains/signals/index.ts';
import { signalsRoutes } from '#app/http/signals.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
let test: TestServices;
let services: Services;
let buffer: SignalBuffer;
let app: Hono;
let shopId: ShopId;

beforeAll(async () => {
  test = await createTestServices({ clock: { now: () => now } });
  services = test.services;
  buffer = createSignalBuffer(services, { flushMs: 20 });
  app = signalsRoutes(services, buffer);
  shopId = await insertShop(test.database);
});
afterAll(async () => {
  await buffer.close();
  await test.dispose();
});

const event = (values: object = {}) => ({
  id: randomUUID(),
  kind: 'view',
  productId: '42',
  at: now.toISOString(),
  ...values,
});
const send = (body: unknown, headers: Record<string, string> = {}) =>
  app.request('/signals', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'text/plain', ...headers },
  });
const sendEvents = async (events: unknown[], values: object = {}) =>
  send({ shopId, visitorId: randomUUID(), events, ...values });
const stored = (shop: ShopId) => services.db.inShop(shop, ({ tx }) => tx.signal.findMany({ orderBy: { id: 'asc' } }));

describe('POST /signals', () => {
  it('stores good events, reports bad ones and lets any origin send', async () => {
    const shop = await insertShop(test.database);
    const good = event({
      kind: 'search',
      productId: undefined,
      query: 'Tee – größe 🙂',
      surface: 'product',
      quantity: 2,
    });
    const answer = await sendEvents([good, event({ kind: 'nonsense' })], { shopId: shop });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toEqual({
      accepted: 1,
      rejected: [{ index: 1, reason: expect.stringMatching(/^kind/) as string }],
    });
    await buffer.flush();
    expect(await stored(shop)).toMatchObject([
      { id: good.id, kind: 'search', query: 'Tee – größe 🙂', surface: 'product', quantity: 2, occurredAt: now },
    ]);
  });

  it('stores an event once, however often and in whatever order it comes, also at once', async () => {
    const shop = await insertShop(test.database);
    const visitorId = randomUUID();
    const events = Array.from({ length: 10 }, () => event());
    await Promise.all(
      [events, events.toReversed(), events].map((list) => sendEvents(list, { shopId: shop, visitorId })),
    );
    await buffer.flush();
    await sendEvents(events, { shopId: shop, visitorId });
    await buffer.flush();
    expect(await stored(shop)).toHaveLength(10);
  });

  it('keeps equal event ids of two shops apart', async () => {
    const [a, b] = [await insertShop(test.database), await insertShop(test.database)];
    const same = event();
    await sendEvents([same], { shopId: a });
    await sendEvents([same], { shopId: b });
    await buffer.flush();
    expect([await stored(a), await stored(b)].map((rows) => rows.length)).toEqual([1, 1]);
  });

  it('has stored a purchase before it answers', async () => {
    const shop = await insertShop(test.database);
    await sendEvents([event({ kind: 'purchase' })], { shopId: shop });
    expect(await stored(shop)).toHaveLength(1);
  });

  it('answers an unknown shop like any other and stores nothing', async () => {
    const unknown = randomUUID();
    const answer = await sendEvents([event({ kind: 'purchase' })], { shopId: unknown });
    expect([answer.status, await answer.json()]).toEqual([202, { accepted: 1, rejected: [] }]);
    await buffer.flush();
    const everywhere = await services.db.asSystem(({ tx }) =>
      tx.signal.findMany({ distinct: ['shopId'], select: { shopId: true } }),
    );
    expect(everywhere.map((row) => row.shopId)).not.toContain(unknown);
  });

  it.each([
    [400, 'no JSON', '{"shopId":', {}],
    [400, 'no object', '[]', {}],
    [400, 'a shop id that is no UUID', JSON.stringify({ shopId: "' OR 1", visitorId: randomUUID(), events: [] }), {}],
    [
      400,
      'more than 100 events',
      JSON.stringify({ shopId: randomUUID(), visitorId: randomUUID(), events: Array.from({ length: 101 }, () => 1) }),
      {},
    ],
    [413, 'more than 64 kB', 'x'.repeat(64 * 1024 + 1), {}],
    [413, '5 MB', 'x'.repeat(5_000_000), {}],
    [415, 'a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('answers %d to %s', async (status, _, body, headers) => {
    expect((await send(body, headers)).status).toBe(status);
  });

  it('lets browsers ask first', async () => {
    const answer = await app.request('/signals', { method: 'OPTIONS' });
    expect([answer.status, answer.headers.get('access-control-allow-headers')]).toEqual([204, 'content-type']);
  });

  it('limits one address without touching another', async () => {
    const from = async (address: string) =>
      send({ shopId, visitorId: randomUUID(), events: [] }, { 'x-forwarded-for': `1.1.1.1, ${address}` });
    const answers = await Promise.all(Array.from({ length: 301 }, () => from('203.0.113.7')));
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(1);
    expect((await from('203.0.113.8')).status).toBe(202);
  });
});

it('a product view exposes the visitor, an impression does not', async () => {
  const shop = await insertShop(test.database);
  await services.db.inShop(shop, (scope) =>
    setHoldout(scope, { holdoutBps: 500, freshSalt: 'salt', now: new Date('2026-11-01T00:00:00Z') }),
  );
  const viewer = randomUUID();
  await sendEvents([event(), event()], { shopId: shop, visitorId: viewer });
  await sendEvents([event({ kind: 'impression' }), event({ kind: 'click' })], { shopId: shop });
  await buffer.flush();
  const exposures = await services.db.inShop(shop, ({ tx }) => tx.exposure.findMany());
  expect(exposures.map((one) => one.visitorId)).toEqual([viewer]);
});

it('who invents a new shop for every request is slowed down too', async () => {
  const from = { 'x-forwarded-for': '198.51.100.77' };
  const invent = async () => (await send({ shopId: randomUUID(), visitorId: randomUUID(), events: [] }, from)).status;
  const answers: number[] = [];
  for (let count = 0; count <= 3_000; count += 1) answers.push(await invent());
  expect([answers.at(0), answers.at(-2), answers.at(-1)]).toEqual([202, 202, 429]);
  expect((await send({ shopId, visitorId: randomUUID(), events: [] })).status).toBe(202);
});
