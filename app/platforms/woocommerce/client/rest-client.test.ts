import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createAsk } from './rest-client.ts';

let close: (() => Promise<unknown>) | null = null;
afterEach(() => close?.());

/** A store that answers as the test says. */
async function storeThat(answer: (request: IncomingMessage, response: ServerResponse, count: number) => void) {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    answer(request, response, count);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  const waits: number[] = [];
  const ask = createAsk({
    localStores: true,
    clock: { now: () => new Date('2026-11-21T12:00:00Z') },
    sleep: (milliseconds) => Promise.resolve(waits.push(milliseconds)),
  });
  const access = {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    permalinks: 'pretty',
    keysIn: 'header',
    consumerKey: 'ck_1',
    consumerSecret: 'cs_1',
  } as const;
  const call = (method: 'GET' | 'POST' = 'GET') =>
    ask(access, { route: '/wc/v3/orders', method, answer: z.array(z.number()) });
  return { call, waits, asked: () => count };
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

test('the store’s own time is taken where ours is too far off', async () => {
  const theirs = new Date('2026-11-21T12:50:00Z');
  const { call } = await storeThat((request, response) => {
    const stamp = Number(new URL(request.url ?? '', 'http://a').searchParams.get('oauth_timestamp'));
    if (Math.abs(stamp - theirs.getTime() / 1000) < 900) json(response, 200, [1]);
    else {
      const body = { code: 'woocommerce_rest_authentication_error', message: 'Invalid timestamp.' };
      json(response, 401, body, { date: theirs.toUTCString() });
    }
  });
  expect((await call()).data).toEqual([1]);
});

test('it waits as long as the store asks for, and says so where that is too long', async () => {
  const { call, waits } = await storeThat((_request, response, count) =>
    count === 1 ? json(response, 429, {}, { 'retry-after': '7' }) : json(response, 503, {}, { 'retry-after': '120' }),
  );
  await expect(call()).rejects.toMatchObject({ name: 'PlatformUnavailable', retryAfterMs: 120_000 });
  expect(waits).toEqual([7_000]);
});

test('what would happen twice is not sent twice', async () => {
  const { call, asked } = await storeThat((_request, response) => json(response, 500, {}));
  await expect(call('POST')).rejects.toMatchObject({ name: 'PlatformUnavailable' });
  expect(asked()).toBe(1);
});

test.each([
  ['a login page', 200, '<html>Log in</html>', 'STORE_BLOCKED'],
  ['a firewall', 403, '<html>Forbidden</html>', 'STORE_BLOCKED'],
  ['a plugin that closes the API', 401, '{"code":"rest_login_required","message":"Log in"}', 'STORE_BLOCKED'],
  ['an API without WooCommerce', 404, '{"code":"rest_no_route","message":""}', 'NO_WOOCOMMERCE'],
  ['no API at all', 404, '<html>Not found</html>', 'NO_WOOCOMMERCE'],
  ['another address', 301, '', 'STORE_MOVED'],
  ['a wrong parameter', 400, '{"code":"rest_invalid_param","message":"<b>Invalid</b> page"}', 'rest_invalid_param'],
  ['another shape', 200, '{"a":1}', 'UNEXPECTED_ANSWER'],
])('%s is a refusal', async (_name, status, body, code) => {
  const { call } = await storeThat((_request, response) => void response.writeHead(status).end(body));
  await expect(call()).rejects.toMatchObject({ name: 'PlatformRefusal', code });
});

test('an answer that is cut off is asked for again', async () => {
  const { call } = await storeThat((_request, response, count) => {
    if (count === 1) response.writeHead(200, { 'content-type': 'application/json' }).end('[1,2');
    else json(response, 200, [1, 2]);
  });
  expect((await call()).data).toEqual([1, 2]);
});

test('plain permalinks are found out', async () => {
  const { call } = await storeThat((request, response) => {
    if (request.url?.startsWith('/?rest_route=/wc/v3/orders') && request.url.includes('wp-json/wc/'))
      json(response, 200, [3]);
    else response.writeHead(404).end('<html>Not found</html>');
  });
  expect(await call()).toMatchObject({ data: [3], access: { permalinks: 'plain' } });
});
