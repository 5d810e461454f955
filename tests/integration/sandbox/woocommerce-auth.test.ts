import { expect, test } from 'vitest';
import { z } from 'zod';
import { createAsk } from '#app/platforms/woocommerce/client/rest-client.ts';
import { answerOf, ask, receiver, signedUrl, wooForTest } from './woocommerce-client.ts';

const basic = (keys: { consumer_key: string; consumer_secret: string }): string =>
  `Basic ${Buffer.from(`${keys.consumer_key}:${keys.consumer_secret}`).toString('base64')}`;

test('Basic counts over https alone; over http the same keys are refused as if nobody had asked', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  expect((await ask(woo, keys, '/products')).status).toBe(200);
  const plain = await answerOf(
    await fetch(`${woo.url}/wp-json/wc/v3/products`, { headers: { authorization: basic(keys) } }),
  );
  expect(plain.status).toBe(401);
  expect(plain.body).toEqual({
    code: 'woocommerce_rest_cannot_view',
    message: 'Sorry, you cannot list resources.',
    data: { status: 401 },
  });
});

test.each(['HMAC-SHA1', 'HMAC-SHA256'] as const)('OAuth 1.0a with %s works over http', async (hash) => {
  const woo = await wooForTest();
  const keys = woo.createKey('read');
  const url = signedUrl(`${woo.url}/wp-json/wc/v3/orders?per_page=2&status[]=completed&status[]=processing`, keys, {
    hash,
  });
  const answer = await answerOf(await fetch(url));
  expect(answer.status).toBe(200);
  expect(answer.items).toHaveLength(2);
});

test.each([
  ['a time 16 minutes off', { at: Date.now() - 16 * 60_000 }, 'Invalid timestamp.'],
  ['another method than the one signed', { method: 'POST' }, 'Invalid signature - provided signature does not match.'],
])('a signature with %s is refused', async (_why, change, message) => {
  const woo = await wooForTest();
  const answer = await answerOf(await fetch(signedUrl(`${woo.url}/wp-json/wc/v3/orders`, woo.createKey(), change)));
  expect(answer.status).toBe(401);
  expect(answer.body).toMatchObject({ code: 'woocommerce_rest_authentication_error', message });
});

test('a nonce is used once, and a site whose clock is wrong refuses good signatures', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  const url = signedUrl(`${woo.url}/wp-json/wc/v3/orders`, keys, { nonce: 'once' });
  expect((await fetch(url)).status).toBe(200);
  expect((await answerOf(await fetch(url))).body).toMatchObject({
    message: 'Invalid nonce - nonce has already been used.',
  });
  woo.faults.clockOffsetMs = 20 * 60_000;
  expect((await answerOf(await fetch(signedUrl(`${woo.url}/wp-json/wc/v3/orders`, keys)))).status).toBe(401);
  woo.faults.clockOffsetMs = 10 * 60_000;
  expect((await answerOf(await fetch(signedUrl(`${woo.url}/wp-json/wc/v3/orders`, keys)))).status).toBe(200);
});

test('a key does what it may and no more, and nothing once it is revoked', async () => {
  const woo = await wooForTest();
  const read = woo.createKey('read');
  const write = woo.createKey('write');
  expect((await ask(woo, read, '/coupons', { method: 'POST', body: {} })).body).toMatchObject({
    code: 'woocommerce_rest_authentication_error',
    message: 'The API key provided does not have write permissions.',
  });
  expect((await ask(woo, write, '/orders')).body).toMatchObject({
    message: 'The API key provided does not have read permissions.',
  });
  woo.revokeKey(read.key_id);
  expect((await ask(woo, read, '/orders')).status).toBe(401);
  expect((await ask(woo, { ...write, consumer_secret: 'cs_wrong' }, '/orders')).body).toMatchObject({
    message: 'Consumer secret is invalid.',
  });
});

test('with plain permalinks the API is at rest_route alone, and knows no keys there', async () => {
  const woo = await wooForTest();
  const keys = woo.createKey();
  woo.faults.plainPermalinks = true;
  expect((await fetch(`${woo.url}/wp-json/`)).status).toBe(404);
  const index = await answerOf(await fetch(`${woo.url}/?rest_route=/`));
  expect(index.body['namespaces']).toContain('wc/v3');
  const refused = await answerOf(await fetch(signedUrl(`${woo.url}/?rest_route=/wc/v3/orders`, keys)));
  expect(refused.body).toMatchObject({ code: 'woocommerce_rest_cannot_view' });
  // But where the words stand somewhere in the address.
  const consumer = { consumerKey: keys.consumer_key, consumerSecret: keys.consumer_secret };
  const askAsTheApp = createAsk({ clock: { now: () => new Date() }, localStores: true });
  const access = { ...consumer, address: woo.url, permalinks: 'pretty', keysIn: 'header' } as const;
  const known = await askAsTheApp(access, {
    route: '/wc/v3/orders',
    query: { per_page: '1' },
    answer: z.array(z.unknown()),
  });
  expect([known.data.length, known.access.permalinks]).toEqual([1, 'plain']);
});

const authorize = (woo: { url: string }, parameters: Record<string, string>): string =>
  `${woo.url}/wc-auth/v1/authorize?${new URLSearchParams(parameters).toString()}`;
const links = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll(/&#38;|&amp;/g, '&'));

test('approving posts the keys to the callback and sends the browser back', async () => {
  const woo = await wooForTest();
  const app = await receiver();
  const parameters = {
    app_name: 'Trellis',
    scope: 'read_write',
    user_id: 'state-1',
    return_url: `${app.url}/back`,
    callback_url: `${app.url}/callback`,
  };
  const page = await (await fetch(authorize(woo, parameters))).text();
  expect(page).toContain('Trellis would like to connect to your store');
  const [approve = '', deny = ''] = links(page);
  expect(deny).toBe(`${app.url}/back?success=0&user_id=state-1`);
  const back = await fetch(new URL(approve, woo.url), { redirect: 'manual' });
  expect(back.status).toBe(302);
  expect(back.headers.get('location')).toBe(`${app.url}/back?success=1&user_id=state-1`);
  const posted = JSON.parse(app.received[0]?.body ?? '') as Record<string, string>;
  expect(posted).toMatchObject({ user_id: 'state-1', key_permissions: 'read_write' });
  const keys = { consumer_key: posted['consumer_key'] ?? '', consumer_secret: posted['consumer_secret'] ?? '' };
  expect((await ask(woo, keys, '/orders?per_page=1')).status).toBe(200);
  const again = await fetch(new URL(approve, woo.url), { redirect: 'manual' });
  expect(again.status).toBe(401);
});

test('a callback that does not answer 200 leaves no key behind', async () => {
  const woo = await wooForTest();
  const app = await receiver(() => 204);
  const parameters = { app_name: 'T', scope: 'read', user_id: 's', return_url: app.url, callback_url: app.url };
  const [approve = ''] = links(await (await fetch(authorize(woo, parameters))).text());
  const answer = await fetch(new URL(approve, woo.url), { redirect: 'manual' });
  expect(answer.status).toBe(401);
  expect(await answer.text()).toContain('unable to send the consumer data');
  expect(woo.store.keys.size).toBe(0);
});

test('a real store takes no callback without https, and says so at once', async () => {
  const woo = await wooForTest({ allowLoopback: false });
  const parameters = {
    app_name: 'T',
    scope: 'read',
    user_id: 's',
    return_url: 'https://app.example/back',
    callback_url: 'http://app.example/callback',
  };
  const answer = await fetch(authorize(woo, parameters));
  expect(answer.status).toBe(401);
  expect(await answer.text()).toContain('The callback_url needs to be over SSL');
});
