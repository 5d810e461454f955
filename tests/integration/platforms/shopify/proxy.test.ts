import { afterAll, beforeAll, expect, test } from 'vitest';
import { signProxy } from '#app/platforms/shopify/hmac.ts';
import { visit } from '#tests/setup/installed-store.ts';
import { testApiSecret } from '#tests/setup/services.ts';
import { startTestStore, testDomain, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
  await visit(store);
});
afterAll(() => store.close());

function call(
  values: Record<string, string> = {},
  change: (query: URLSearchParams) => void = () => undefined,
): Promise<Response> {
  const query = new URLSearchParams({
    products: '1',
    limit: '2',
    shop: testDomain,
    path_prefix: '/apps/trellis',
    timestamp: String(Math.floor(Date.now() / 1000)),
    logged_in_customer_id: '',
    ...values,
  });
  query.set('signature', signProxy(query, testApiSecret));
  change(query);
  return fetch(`${store.appUrl}/proxy/cart?${query.toString()}`);
}

test('a signed call of an installed shop is answered', async () => {
  const response = await call();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/json');
});

test.each([
  ['without a signature', {}, (query: URLSearchParams) => query.delete('signature')],
  ['with another shop put in', {}, (query: URLSearchParams) => query.set('shop', 'two.myshopify.com')],
  ['with another customer put in', {}, (query: URLSearchParams) => query.set('logged_in_customer_id', '7')],
  ['replayed after 90 seconds', { timestamp: String(Math.floor(Date.now() / 1000) - 95) }, () => undefined],
  ['without a timestamp', { timestamp: '' }, () => undefined],
])('%s it is 401', async (_name, values, change) => {
  expect((await call(values, change)).status).toBe(401);
});

test('a shop without Trellis is 404', async () => {
  expect((await call({ shop: 'two.myshopify.com' })).status).toBe(404);
});

test('an unknown address behind the proxy is 404 only when signed', async () => {
  expect((await fetch(`${store.appUrl}/proxy/secrets`)).status).toBe(401);
});

test('health tells of the database and leaks nothing', async () => {
  const response = await fetch(`${store.appUrl}/health`);
  expect([response.status, await response.json()]).toEqual([200, { status: 'ok', database: 'up' }]);
});
