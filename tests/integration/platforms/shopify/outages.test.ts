import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PlatformAccessLost, PlatformUnavailable, type ShopRef } from '#app/platforms/platform.ts';
import { createDiscountDocument } from '#app/platforms/shopify/documents/publish.ts';
import { readShopDocument } from '#app/platforms/shopify/documents/shop.ts';
import { createAdminClient } from '#app/platforms/shopify/graphql/client.ts';
import { setMetafields } from '#app/platforms/shopify/publish/products.ts';
import { toShopId } from '#app/shared/ids.ts';
import { listen, type RunningServer } from '#tests/setup/listen.ts';

type Answer = (response: ServerResponse) => void;

const shop: ShopRef = { shopId: toShopId('0b6d4bb5-8d20-4f0f-9a2b-6a1a3f8b9a11'), domain: 'one.myshopify.com' };
let server: RunningServer;
let origin: string;
let script: Answer[] = [];
let requests = 0;
let waits: number[] = [];
let rejected: string[] = [];

beforeAll(async () => {
  server = await listen((request, response) => {
    requests += 1;
    request.resume();
    request.on('end', () => (script.shift() ?? json(shopAnswer))(response));
  });
  origin = `${server.url}/shops/{shop}`;
});
afterAll(() => server.close());
beforeEach(() => {
  script = [];
  requests = 0;
  waits = [];
  rejected = [];
});

const client = () =>
  createAdminClient({
    config: { SHOPIFY_ORIGIN: origin },
    // The clock follows the waits, as the real one would.
    clock: { now: () => new Date(1_000_000 + waits.reduce((sum, wait) => sum + wait, 0)) },
    tokens: {
      read: () => Promise.resolve(`token-${String(rejected.length)}`),
      reject: (_shop, token) => Promise.resolve(void rejected.push(token)),
    },
    sleep: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
    random: () => 1,
    timeoutMs: 300,
  });

const json =
  (body: unknown, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const shopAnswer = {
  data: {
    shop: {
      name: 'One',
      currencyCode: 'EUR',
      ianaTimezone: 'Europe/Berlin',
      taxesIncluded: true,
      currencyFormats: { moneyFormat: '€{{amount}}' },
      primaryDomain: { url: 'https://one.example' },
      plan: { shopifyPlus: false },
    },
    currentAppInstallation: { id: 'gid://shopify/AppInstallation/1', accessScopes: [] },
  },
};
const cost = (requested: number, available: number) => ({
  cost: {
    requestedQueryCost: requested,
    actualQueryCost: null,
    throttleStatus: { maximumAvailable: 1000, currentlyAvailable: available, restoreRate: 50 },
  },
});
const throttled = json({
  errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
  extensions: cost(110, 10),
});
const userError = json({
  data: {
    metafieldsSet: { userErrors: [{ field: ['metafields', '0', 'value'], message: 'is too long', code: 'TOO_LONG' }] },
  },
});
const hang: Answer = () => undefined;
const run = () => client().run(shop, readShopDocument);

test('THROTTLED waits exactly until the points are there: (110 − 10) / 50 seconds', async () => {
  script = [throttled];
  expect(await run()).toEqual(shopAnswer.data);
  expect(waits).toEqual([2000]);
});

test('THROTTLED without end becomes an outage that a job can come back from', async () => {
  script = Array.from({ length: 50 }, () =>
    json({ errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: cost(1000, 0) }),
  );
  await expect(run()).rejects.toThrow(PlatformUnavailable);
});

test('a bucket that the last answer left nearly empty delays the next call before it is sent', async () => {
  const used = client();
  script = [json({ ...shopAnswer, extensions: cost(60, 10) })];
  await used.run(shop, readShopDocument);
  await used.run(shop, readShopDocument);
  expect(waits).toEqual([1000]);
  expect(requests).toBe(2);
});

test('HTTP 429 waits as long as it says', async () => {
  script = [(response) => response.writeHead(429, { 'retry-after': '3' }).end()];
  await run();
  expect(waits).toEqual([3000]);
});

test.each([
  ['503', json('', 503)],
  ['a page in place of JSON', json('<html>')],
  ['a time-out', hang],
  ['a broken connection', (response: ServerResponse) => void response.socket?.destroy()],
  [
    'an internal error with 200',
    json({ errors: [{ message: 'oops', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }),
  ],
])('%s is tried again with growing pauses', async (_name, fault) => {
  script = [fault, fault];
  expect(await run()).toEqual(shopAnswer.data);
  expect(waits).toEqual([250, 500]);
});

test('an outage that lasts is PlatformUnavailable', async () => {
  script = Array.from({ length: 20 }, () => json('', 502));
  await expect(run()).rejects.toThrow(PlatformUnavailable);
});

test('what creates something is not sent twice after a time-out, for it may have arrived', async () => {
  script = [hang];
  await expect(client().run(shop, createDiscountDocument, { discount: {} })).rejects.toThrow(PlatformUnavailable);
  expect(requests).toBe(1);
});

test('userErrors of a 200 are a refusal that names the field', async () => {
  script = [userError];
  const metafield = {
    ownerId: 'gid://shopify/Product/1',
    namespace: '$app',
    key: 'k',
    type: 'json',
    value: '{}',
  } as const;
  await expect(setMetafields(client(), shop, [metafield])).rejects.toMatchObject({
    name: 'PlatformRefusal',
    code: 'TOO_LONG',
    message: 'metafields.0.value: is too long',
  });
});

test.each([
  [
    'access denied',
    { errors: [{ message: 'Access denied for shop field', extensions: { code: 'ACCESS_DENIED' } }] },
    'ACCESS_DENIED',
  ],
  [
    'a query that is too dear',
    { errors: [{ message: 'too dear', extensions: { code: 'MAX_COST_EXCEEDED' } }] },
    'MAX_COST_EXCEEDED',
  ],
  ['an unexpected null', { data: { shop: null } }, 'UNEXPECTED_ANSWER'],
  ['no data at all', {}, 'EMPTY'],
])('%s is refused at once', async (_name, body, code) => {
  script = [json(body)];
  await expect(run()).rejects.toMatchObject({ name: 'PlatformRefusal', code });
  expect(requests).toBe(1);
});

test('protected customer data that is withheld leaves the rest of the answer good', async () => {
  script = [
    json({
      ...shopAnswer,
      errors: [{ message: 'This app is not approved to access the Customer object', path: ['x'] }],
    }),
  ];
  expect(await run()).toEqual(shopAnswer.data);
});

test('a refused token is renewed once, then the access is lost', async () => {
  const refused = json({ errors: '[API] Invalid API key or access token' }, 401);
  script = [refused];
  expect(await run()).toEqual(shopAnswer.data);
  expect(rejected).toEqual(['token-0']);
  script = [refused, refused];
  await expect(run()).rejects.toThrow(PlatformAccessLost);
});

test.each([402, 404, 423])('HTTP %d: the store is closed or frozen', async (status) => {
  script = [json('', status)];
  await expect(run()).rejects.toThrow(PlatformAccessLost);
});
