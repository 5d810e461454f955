import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import { signWebhook } from '#app/platforms/shopify/hmac.ts';
import { orderPayloadText } from '#tests/factories/order-payloads.ts';
import { webhookRequest } from '#tests/factories/webhooks.ts';
import { listen, type RunningServer } from '#tests/setup/listen.ts';
import { testApiSecret } from '#tests/setup/services.ts';
import { checkoutAttacks } from './checkout-attacks.ts';
import { mailAttacks } from './mail-attacks.ts';
import { type Attack, connectPlugins, keyHandover, ownPluginCall, pluginAttacks } from './plugin-attacks.ts';
import { attacksOnProxy, type ProxyDoors, proxyUrl } from './proxy-attacks.ts';
import { secretWord, startTwoShops, type TwoShops } from './two-shops.ts';

let shops: TwoShops;
let http: HttpApp;
let server: RunningServer;
let origin: string;
let before: string;

beforeAll(async () => {
  shops = await startTwoShops();
  await connectPlugins(shops.test, shops.a.shopId, shops.b.shopId);
  http = createHttpApp(shops.test.services, shops.test.queues);
  server = await listen(http.listener);
  origin = server.url;
  expect((await fetch(ownPluginCall({ origin, shopId: shops.b.shopId }))).status).toBe(200);
  before = await shops.contents(shops.b.shopId);
});
afterEach(async () => {
  expect(await shops.contents(shops.b.shopId)).toBe(before);
});
afterAll(async () => {
  await server.close();
  await http.close();
  await shops.close();
});

const enterLink = () => `${origin}/connect/woocommerce/enter`;

const doors = (): ProxyDoors => ({ origin, own: shops.a.domain, victim: shops.b.domain, token: shops.token() });
const proxyAttacks = (path: string): Attack[] => attacksOnProxy(doors(), path);
const body = () => orderPayloadText({ id: shops.b.order });

const webhookAttacks = (path: string): Attack[] => [
  {
    why: 'no signature',
    request: () =>
      webhookRequest(origin, body(), { domain: shops.b.domain, path, headers: { 'x-shopify-hmac-sha256': null } }),
    status: 401,
  },
  {
    why: 'another secret',
    request: () => webhookRequest(origin, body(), { domain: shops.b.domain, path, secret: 'other' }),
    status: 401,
  },
  {
    why: 'signature of another body',
    request: () =>
      webhookRequest(origin, body(), {
        domain: shops.b.domain,
        path,
        headers: { 'x-shopify-hmac-sha256': signWebhook(Buffer.from('{}'), testApiSecret) },
      }),
    status: 401,
  },
  {
    why: 'a session token in place of a signature',
    request: () =>
      webhookRequest(origin, body(), {
        domain: shops.b.domain,
        path,
        headers: { 'x-shopify-hmac-sha256': null, authorization: `Bearer ${shops.token({ domain: shops.b.domain })}` },
      }),
    status: 401,
  },
];

const signals = (events: unknown, shopId: string, type = 'application/json') =>
  new Request(`${origin}/signals`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify({ shopId, visitorId: randomUUID(), events }),
  });

const wooWebhook = (headers: Readonly<Record<string, string>>) =>
  new Request(`${origin}/webhooks/woocommerce/${shops.b.shopId}`, {
    method: 'POST',
    body: body(),
    headers: {
      'x-wc-webhook-topic': 'order.updated',
      'x-wc-webhook-id': '1',
      'x-wc-webhook-signature': signWebhook(Buffer.from(body()), testApiSecret),
      ...headers,
    },
  });

/** What each endpoint refuses. `null`: nothing of a shop behind it. */
const cases: Readonly<Record<string, (() => Attack[]) | null>> = {
  'POST /webhooks': () => webhookAttacks('/webhooks'),
  'POST /webhooks/compliance': () => webhookAttacks('/webhooks/compliance'),
  'POST /webhooks/woocommerce/:shopId': () => [
    { why: 'no signature', request: () => wooWebhook({ 'x-wc-webhook-signature': '' }), status: 401 },
    { why: 'a signature of ours for Shopify', request: () => wooWebhook({}), status: 401 },
    {
      why: 'a session token in place of a signature',
      request: () => wooWebhook({ 'x-wc-webhook-signature': '', authorization: `Bearer ${shops.token()}` }),
      status: 401,
    },
  ],
  'POST /connect/woocommerce/callback': () => [
    { why: 'a state that nobody began', request: () => keyHandover(origin, randomUUID()), status: 400 },
    { why: 'the id of B as the state', request: () => keyHandover(origin, shops.b.shopId), status: 400 },
    { why: 'the name of B as the state', request: () => keyHandover(origin, shops.b.domain), status: 400 },
  ],
  'ALL /connect/*': null,
  'GET /connect/woocommerce/enter': () => [
    { why: 'no token', request: () => new Request(enterLink(), { redirect: 'manual' }), status: 303 },
    {
      why: 'the id of B as the token',
      request: () => new Request(`${enterLink()}?token=${shops.b.shopId}`, { redirect: 'manual' }),
      status: 303,
    },
  ],
  'POST /connect/woocommerce/enter': () => [
    { why: 'no page of ours', request: () => new Request(enterLink(), { method: 'POST' }), status: 403 },
  ],
  ...pluginAttacks(() => ({ origin, shopId: shops.b.shopId })),
  ...mailAttacks(() => ({ origin, shopId: shops.b.shopId })),
  'ALL /proxy/*': () => proxyAttacks('/proxy/anything'),
  'GET /proxy/cart': () => proxyAttacks('/proxy/cart'),
  'GET /proxy/bundle': () => proxyAttacks('/proxy/bundle'),
  'GET /proxy/bundle/:name': () => proxyAttacks('/proxy/bundle/any'),
  'GET /proxy/refer/:code': () => proxyAttacks('/proxy/refer/F-ABCDEFGH'),
  'GET /proxy/rewards': () => proxyAttacks('/proxy/rewards'),
  'POST /proxy/rewards': () => proxyAttacks('/proxy/rewards'),
  'POST /proxy/refer/:code': () => proxyAttacks('/proxy/refer/F-ABCDEFGH'),
  // Open to every browser by nature: whoever writes must not be able to read, nor to write what is malformed.
  'POST /signals': () => [
    { why: 'no shop', request: () => signals([], 'none'), status: 400 },
    { why: 'all shops', request: () => signals([], '*'), status: 400 },
    { why: 'a form', request: () => signals([], shops.b.shopId, 'application/x-www-form-urlencoded'), status: 415 },
    {
      why: 'an event that is none',
      request: () => signals([{ id: '1', kind: 'refund', productId: shops.b.sharedProduct }], shops.b.shopId),
      status: 202,
    },
    {
      why: 'an event of last year',
      request: () => signals([{ id: randomUUID(), kind: 'purchase', at: '2020-01-01T00:00:00Z' }], shops.b.shopId),
      status: 202,
    },
  ],
  'OPTIONS /signals': null,
  ...checkoutAttacks(() => ({
    origin,
    own: shops.a.domain,
    victim: shops.b,
    token: shops.token({ domain: shops.b.domain }),
  })),
  'GET /health': null,
};

test('every endpoint has a case, and no case is left over', () => {
  const found = http.app.routes.map((route) => `${route.method} ${route.path}`);
  expect([...new Set(found)].sort()).toEqual(Object.keys(cases).sort());
});

describe.each(Object.entries(cases).flatMap(([name, attacks]) => (attacks ? [[name, attacks] as const] : [])))(
  '%s',
  (_name, attacks) => {
    test('refuses, shows nothing of shop B and changes nothing', async () => {
      for (const { why, request, status } of attacks()) {
        const answer = await fetch(request());
        const text = await answer.text();
        expect({ why, status: answer.status, leak: text.includes(secretWord) || text.includes('    at ') }).toEqual({
          why,
          status,
          leak: false,
        });
      }
    });
  },
);

test('the same product id of two shops: each sees its own title only', async () => {
  // The second time the cart is known and answered without the router.
  for (const _time of ['unknown', 'known']) {
    const answer = await fetch(proxyUrl(doors(), { products: shops.a.ownProduct }));
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain(secretWord);
  }
});

test('unknown and uninstalled shops look alike at the signals’ door', async () => {
  const ask = async (shopId: string) => {
    const answer = await fetch(signals([], shopId));
    return [answer.status, await answer.text()];
  };
  expect(await ask(randomUUID())).toEqual(await ask(shops.a.shopId));
});

test('the queue dashboard is nowhere unless it is switched on, and never on an open address', () => {
  const paths = (env: { QUEUE_DASHBOARD: 'on' | 'off'; HOST: string }) => {
    const services = { ...shops.test.services, config: { ...shops.test.services.config, ...env } };
    return createHttpApp(services, shops.test.queues).app.routes.some((route) => route.path.startsWith('/queues'));
  };
  expect([
    paths({ QUEUE_DASHBOARD: 'off', HOST: '127.0.0.1' }),
    paths({ QUEUE_DASHBOARD: 'on', HOST: '0.0.0.0' }),
    paths({ QUEUE_DASHBOARD: 'on', HOST: '127.0.0.1' }),
  ]).toEqual([false, false, true]);
});

describe('the queue dashboard is for the machine itself', () => {
  const ask = async (url: string, init: RequestInit = {}) => {
    const services = { ...shops.test.services, config: { ...shops.test.config, QUEUE_DASHBOARD: 'on' as const } };
    const dashboard = createHttpApp(services, shops.test.queues);
    return (await dashboard.app.fetch(new Request(url, init))).status;
  };
  const clean = 'http://127.0.0.1:3000/queues/api/queues/webhooks/clean/failed';

  test.each([
    ['through a proxy that says so', 'http://127.0.0.1:3000/queues', { headers: { 'x-forwarded-for': '203.0.113.9' } }],
    ['through another proxy', 'http://127.0.0.1:3000/queues/', { headers: { forwarded: 'for=203.0.113.9' } }],
    ['under a name that leads here', 'http://rebound.example:3000/queues', {}],
    ['its data under such a name', 'http://rebound.example:3000/queues/api/queues', {}],
    ['a form of another site', clean, { method: 'PUT', headers: { origin: 'https://evil.example' } }],
    ['a page without an origin', clean, { method: 'PUT', headers: { origin: 'null' } }],
    ['another site’s request', clean, { method: 'PUT', headers: { 'sec-fetch-site': 'cross-site' } }],
  ])('%s: nothing is there', async (_why, url, init) => {
    expect(await ask(url, init)).toBe(404);
  });

  test.each([
    ['its page', 'http://127.0.0.1:3000/queues', {}],
    ['its data', 'http://localhost:3000/queues/api/queues', { headers: { 'sec-fetch-site': 'same-origin' } }],
    [
      'its buttons',
      clean,
      { method: 'PUT', headers: { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' } },
    ],
  ])('%s: answered', async (_why, url, init) => {
    expect(await ask(url, init)).toBe(200);
  });
});
