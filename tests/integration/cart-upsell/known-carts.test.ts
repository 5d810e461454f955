import { createServer, type RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CartAnswers, createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import { cartUpsellHandler, createCartAnswerer } from '#app/http/cart-upsell.ts';
import { createProxyDoor, proxyGuard, type ProxyVariables } from '#app/http/proxy.ts';
import { signProxy } from '#app/platforms/shopify/hmac.ts';
import { createTestServices, insertShop, testApiSecret, type TestServices } from '#tests/setup/services.ts';

const [domain, otherDomain] = ['one.myshopify.com', 'two.myshopify.com'];

let now = new Date('2026-11-21T12:00:00.000Z');
let test: TestServices;
let base = '';
let [fast, routed] = [0, 0];
/** answers that were not known, and how many of the next fail */
let [made, failures] = [0, 0];
let close: () => Promise<void> = () => Promise.resolve();

/** As createHttpApp joins them, with a count of who answered. */
beforeAll(async () => {
  test = await createTestServices({ clock: { now: () => now } });
  for (const name of [domain, otherDomain]) await insertShop(test.database, { domain: name });
  const door = createProxyDoor(test.services);
  const real = createCartAnswers(test.services);
  const cartAnswers: CartAnswers = {
    known: (...cart) => real.known(...cart),
    answer(...cart) {
      made += 1;
      if (failures === 0) return real.answer(...cart);
      failures -= 1;
      return Promise.reject(new Error('the database is away'));
    },
  };
  const app = new Hono<{ Variables: ProxyVariables }>().use('*', proxyGuard(door)).get(
    '/proxy/cart',
    cartUpsellHandler(cartAnswers, (c) => ({
      shopId: c.get('shopId') as ProxyVariables['shopId'],
      customerId: c.get('customerId') as ProxyVariables['customerId'],
    })),
  );
  app.onError((_error, c) => c.text('', 500));
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const route: RequestListener = (request, response) => {
    routed += 1;
    void answer(request, response);
  };
  const answerCart = createCartAnswerer(door, cartAnswers, route);
  const server = createServer((request, response) => {
    if (answerCart(request, response)) fast += 1;
    else route(request, response);
  });
  base = await new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`)),
  );
  close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterAll(async () => {
  await close();
  await test.dispose();
});
beforeEach(() => {
  now = new Date(now.getTime() + 3_600_000);
  [fast, routed] = [0, 0];
  [made, failures] = [0, 0];
});

interface Call {
  readonly shop?: string;
  readonly products?: string;
  readonly secret?: string;
  /** of the signature, seconds */
  readonly age?: number;
  readonly method?: string;
  /** before and after it is signed */
  readonly sign?: (query: URLSearchParams) => void;
  readonly change?: (query: URLSearchParams) => void;
}

async function call({
  shop = domain,
  products = '1,2',
  secret = testApiSecret,
  age = 0,
  method = 'GET',
  sign,
  change,
}: Call = {}) {
  const query = new URLSearchParams({
    products,
    limit: '4',
    shop,
    logged_in_customer_id: '',
    path_prefix: '/apps/trellis',
    timestamp: String(Math.floor(now.getTime() / 1000) - age),
  });
  sign?.(query);
  query.set('signature', signProxy(query, secret));
  change?.(query);
  const response = await fetch(`${base}/proxy/cart?${query.toString()}`, { method });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    caching: response.headers.get('cache-control'),
    body: await response.text(),
  };
}

describe('a cart of a shop that is known', () => {
  it('is answered at once, with the same head and bytes as by the route', async () => {
    const first = await call();
    const second = await call();
    const unknown = await call({ products: '3' });
    expect([fast, routed]).toEqual([2, 1]);
    expect(unknown).toEqual(first);
    expect(first).toEqual({
      status: 200,
      type: 'application/json',
      caching: 'private, max-age=30',
      body: '{"suggestions":[]}',
    });
    expect(second).toEqual(first);
  });

  it.each(['visitor', 'logged_in_customer_id'])('is made anew for a %s, and no cache keeps it', async (name) => {
    const who = name === 'visitor' ? '7a1f0a52-6f0e-4c8e-9d0e-0d4a3f1b2c3d' : '77';
    const own = await call({ sign: (query) => query.set(name, who) });
    expect([own.status, own.caching]).toEqual([200, 'private, no-store']);
  });

  it('gets the same answer in other words', async () => {
    const first = await call();
    expect(await call({ products: '2,1,2' })).toEqual(first);
    expect(await call({ products: '2,1,2' })).toEqual(first);
    expect([fast, routed]).toEqual([2, 1]);
  });

  it('is tried again by the route where it failed', async () => {
    await call();
    failures = 1;
    expect((await call({ products: '4' })).status).toBe(200);
    expect([fast, routed]).toEqual([1, 2]);
    failures = 2;
    expect((await call({ products: '5' })).status).toBe(500);
    expect([fast, routed]).toEqual([2, 3]);
  });

  it.each<[string, Call, number, string]>([
    ['a forged signature', { secret: 'another' }, 401, 'forged'],
    ['a signature that is too old', { age: 91 }, 401, 'stale'],
    ['a signature from the future', { age: -91 }, 401, 'stale'],
    ['no signature', { change: (query) => query.delete('signature') }, 401, 'unsigned'],
    ['a changed cart', { change: (query) => query.set('products', '2,1') }, 401, 'forged'],
    ['another shop’s name on the signature', { change: (query) => query.set('shop', otherDomain) }, 401, 'forged'],
    ['a second shop', { change: (query) => query.append('shop', otherDomain) }, 401, 'unsigned'],
    ['a shop that is not installed', { shop: 'stranger.myshopify.com' }, 404, 'not-installed'],
    ['a malformed cart', { products: '1,x' }, 400, 'malformed'],
  ])('stays closed to %s', async (_name, wrong, status, code) => {
    await call();
    await call();
    expect(fast).toBe(1);
    for (let time = 0; time < 2; time += 1) {
      const answer = await call(wrong);
      expect(answer.status).toBe(status);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code } });
    }
    expect(fast).toBe(1);
  });

  it.each([
    ['a second list of products', (query: URLSearchParams) => query.append('products', '2')],
    ['a second limit', (query: URLSearchParams) => query.append('limit', '4')],
  ])('is not taken for what %s makes of it', async (_name, change) => {
    await call({ products: '1,2' });
    const answer = await call({ products: '1', sign: change });
    expect([answer.status, fast]).toEqual([400, 0]);
  });

  it.each([
    ['a visitor', (query: URLSearchParams) => query.set('visitor', '22222222-2222-4222-8222-222222222222')],
    ['a customer', (query: URLSearchParams) => query.set('logged_in_customer_id', '7')],
  ])('is answered anew to %s', async (_name, sign) => {
    await call();
    made = 0;
    expect((await call({ sign })).status).toBe(200);
    expect((await call({ sign })).status).toBe(200);
    expect([fast, made]).toEqual([2, 2]);
  });

  it('is known for the shop that asked only', async () => {
    await call();
    await call({ shop: otherDomain, products: '9' });
    made = 0;
    await call({ shop: otherDomain });
    expect(made).toBe(1);
  });

  it('is known no longer after a minute, nor its shop after half of it', async () => {
    await call();
    now = new Date(now.getTime() + 31_000);
    made = 0;
    await call();
    expect([fast, routed]).toEqual([0, 2]);
    await call();
    expect(made).toBe(1);
    now = new Date(now.getTime() + 30_000);
    await call();
    expect(made).toBe(2);
  });

  it('is closed to a shop that has uninstalled, half a minute later at most', async () => {
    await insertShop(test.database, { domain: 'leaving.myshopify.com' });
    await call({ shop: 'leaving.myshopify.com' });
    await call({ shop: 'leaving.myshopify.com' });
    expect(fast).toBe(1);
    await test.services.db.asSystem(({ tx }) =>
      tx.shop.updateMany({ where: { domain: 'leaving.myshopify.com' }, data: { status: 'uninstalled' } }),
    );
    now = new Date(now.getTime() + 30_000);
    expect((await call({ shop: 'leaving.myshopify.com' })).status).toBe(404);
    expect((await call({ shop: 'leaving.myshopify.com' })).status).toBe(404);
    expect(fast).toBe(1);
  });

  it('is asked for by GET', async () => {
    await call();
    expect((await call({ method: 'POST' })).status).toBe(404);
  });
});
