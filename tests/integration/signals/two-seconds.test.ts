import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { trainRecommendations } from '#app/domains/recommendations/index.ts';
import { createSignalBuffer, type SignalBuffer } from '#app/domains/signals/index.ts';
import type { CartSuggestion } from '#app/flows/cart-suggestion.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import { cartUpsellHandler } from '#app/http/cart-upsell.ts';
import { signalsRoutes } from '#app/http/signals.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { insertHistory } from '#tests/integration/recommendations/insert-history.ts';
import { startTestRedis, type TestRedis } from '#tests/setup/redis.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

// Over HTTP and by the real clock: what a browser sends to one process is heard in the cart's answer of another one.

const boundMs = 2_000;
/** The history ends in March; from there time goes on as it does outside. */
const epoch = Date.parse('2026-03-02T00:00:00Z');
const begun = performance.now();
const now = () => new Date(epoch + performance.now() - begun);

let redis: TestRedis;
let taking: TestServices;
let answering: TestServices;
let buffer: SignalBuffer;
let shop: ShopId;
const servers: ReturnType<typeof serve>[] = [];
let [intake, carts] = ['', ''];

async function listen(app: Hono): Promise<string> {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  servers.push(server);
  if (!server.listening) await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

beforeAll(async () => {
  redis = await startTestRedis();
  const options = { clock: { now }, env: { REDIS_URL: redis.url } };
  taking = await createTestServices(options);
  answering = await createTestServices({ ...options, database: taking.database });
  shop = await insertShop(taking.database);
  await insertHistory(taking.database, shop);
  // 5 and 6 stand on a shelf of their own.
  await taking.services.db.inShop(shop, ({ tx }) =>
    tx.product.updateMany({
      where: { shopId: shop, id: { in: ['5', '6'] } },
      data: { productType: 'Hat', title: 'Hat' },
    }),
  );
  const { signal } = new AbortController();
  await trainRecommendations(taking.services, shop, () => Promise.resolve(), signal);
  buffer = createSignalBuffer(taking.services);
  intake = await listen(signalsRoutes(taking.services, buffer));
  const answers = createCartAnswers(answering.services);
  const handler = cartUpsellHandler(answers, () => ({ shopId: shop, customerId: null }));
  carts = await listen(new Hono().get('/proxy/cart', handler));
});
afterAll(async () => {
  for (const server of servers) {
    server.close();
    await once(server, 'close');
  }
  await buffer.close();
  await answering.dispose();
  await taking.dispose();
  await redis.stop();
});

async function suggested(visitorId: string): Promise<readonly string[]> {
  const answer = await fetch(`${carts}/proxy/cart?products=1&limit=6&visitor=${visitorId}`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { suggestions: CartSuggestion[] }).suggestions.map(({ productId }) => productId);
}

async function send(visitorId: string, event: object): Promise<void> {
  const events = [{ id: randomUUID(), at: now().toISOString(), ...event }];
  const body = JSON.stringify({ shopId: shop, visitorId, events });
  const answer = await fetch(`${intake}/signals`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
  expect(answer.status).toBe(202);
}

const hats = (list: readonly string[]): number => list.indexOf('5') + list.indexOf('6');

it.each([
  ['a long look', { kind: 'view', productId: '5', dwellMs: 60_000 }],
  ['a search', { kind: 'search', query: 'hat' }],
  ['a product in the cart', { kind: 'cart-add', productId: '5', quantity: 1 }],
])('%s is heard in the next answer for the cart within two seconds', async (_label, event) => {
  const visitorId = randomUUID();
  // The visitor has been here: what is kept of them in memory is not what is new.
  const before = await suggested(visitorId);
  expect(before).toEqual(expect.arrayContaining(['5', '6']));
  const sent = performance.now();
  await send(visitorId, event);
  await vi.waitFor(
    async () => {
      expect(hats(await suggested(visitorId))).toBeLessThan(hats(before));
    },
    { timeout: boundMs, interval: 20 },
  );
  expect(performance.now() - sent).toBeLessThan(boundMs);
  // And nobody else hears of it.
  expect(await suggested(randomUUID())).toEqual(before);
});
