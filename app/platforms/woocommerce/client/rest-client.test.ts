import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createAsk, StoreOverrun } from './rest-client.ts';

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
    timeoutMs: 500,
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
  const call = (method: 'GET' | 'POST' = 'GET', more: { repeatable?: 'when-busy' } = {}) =>
    ask(access, { route: '/wc/v3/orders', method, answer: z.array(z.number()), ...more });
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

test.each([
  ['of this moment', '2026-11-21T12:00:00Z', null, 0],
  ['ten minutes ahead', '2026-11-21T12:10:00Z', null, 600_000],
  ['out of a cache', '2026-11-21T11:00:00Z', '3600', 0],
  ['half a year behind', '2026-05-21T12:00:00Z', null, -184 * 86_400_000],
  ['of another century', '1970-01-01T00:00:00Z', null, null],
  ['more than a year old in a cache', '2026-11-21T12:00:00Z', '99999999', null],
  ['of an age that no date holds', '2026-11-21T12:00:00Z', '999999999999999', null],
  ['of an age that is no whole number', '2026-11-21T12:00:00Z', '1e300', null],
  ['of an endless age', '2026-11-21T12:00:00Z', 'Infinity', null],
  ['of an age with a fraction', '2026-11-21T12:00:00Z', '0.00001', null],
  ['of a negative age', '2026-11-21T12:00:00Z', '-5', null],
  ['of two ages', '2026-11-21T12:00:00Z', '5, 7', null],
])('how far the store’s clock is ahead is told by an answer %s', async (_name, date, age, skewMs) => {
  const { call } = await storeThat((_request, response) => {
    json(response, 200, [1], { date: new Date(date).toUTCString(), ...(age === null ? {} : { age }) });
  });
  expect((await call()).skewMs).toBe(skewMs);
});

test('it waits as long as the store asks for, and says so where that is too long', async () => {
  const { call, waits } = await storeThat((_request, response, count) =>
    count === 1 ? json(response, 429, {}, { 'retry-after': '7' }) : json(response, 503, {}, { 'retry-after': '120' }),
  );
  await expect(call()).rejects.toMatchObject({ name: 'PlatformUnavailable', retryAfterMs: 120_000 });
  expect(waits).toEqual([7_000]);
});

test.each([
  ['a page of maintenance or of a firewall', 503, '<html>Your access to this site has been limited</html>', true],
  ['an error of PHP', 500, '<html>There has been a critical error</html>', false],
  ['WordPress itself', 503, '{"code":"overloaded","message":""}', false],
  ['nothing', 503, '', false],
])(
  '%s may be over in a moment; for when it is not there is advice, where one can be given',
  async (_name, status, body, advised) => {
    const { call, asked } = await storeThat((_request, response) => void response.writeHead(status).end(body));
    const advice = advised ? (expect.stringMatching(/maintenance.*firewall or security plugin/) as string) : null;
    await expect(call()).rejects.toMatchObject({ name: 'PlatformUnavailable', advice });
    expect(asked()).toBe(4);
  },
);

test('what would happen twice is not sent twice', async () => {
  const { call, asked } = await storeThat((_request, response) => json(response, 500, {}));
  await expect(call('POST')).rejects.toMatchObject({ name: 'PlatformUnavailable' });
  expect(asked()).toBe(1);
});

test('what does no harm twice waits for a store that is busy, as long as it says, and not for one that overran', async () => {
  const { call, waits, asked } = await storeThat((_request, response, count) =>
    count === 1 ? json(response, 429, {}, { 'retry-after': '7' }) : json(response, 504, {}),
  );
  await expect(call('POST', { repeatable: 'when-busy' })).rejects.toBeInstanceOf(StoreOverrun);
  expect([waits, asked()]).toEqual([[7_000], 2]);
});

test.each([
  [429, '90', 90_000, false],
  [503, '', 30_000, false],
  [500, '', 30_000, true],
  [502, '', 30_000, true],
  [524, '', 30_000, true],
])(
  'a change that is answered by %i says when to come back, and whether less may help',
  async (status, after, retryAfterMs, overrun) => {
    const { call } = await storeThat((_request, response) =>
      json(response, status, {}, after === '' ? {} : { 'retry-after': after }),
    );
    const failure: unknown = await call('POST').catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'PlatformUnavailable', retryAfterMs });
    expect(failure instanceof StoreOverrun).toBe(overrun);
  },
);

test('a store that hangs up, or answers too late, has overrun', async () => {
  const hangsUp = await storeThat((request) => request.socket.destroy());
  await expect(hangsUp.call('POST')).rejects.toBeInstanceOf(StoreOverrun);
  await close?.();
  const silent = await storeThat(() => undefined);
  await expect(silent.call('POST')).rejects.toBeInstanceOf(StoreOverrun);
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

const homePage = '\n<!DOCTYPE html>\n<html><body>Welcome</body></html>';

test('plain permalinks are found out where every address reaches WordPress, also by what must not happen twice', async () => {
  const { call, asked } = await storeThat((request, response) => {
    if (request.url?.startsWith('/?rest_route=/wc/v3/orders')) json(response, 200, [3]);
    else response.writeHead(200, { 'content-type': 'text/html; charset=UTF-8' }).end(homePage);
  });
  expect(await call('POST')).toMatchObject({ data: [3], access: { permalinks: 'plain' } });
  expect(asked()).toBe(2);
});

test('plain permalinks are found out where WordPress adds a slash to what is none of its pages', async () => {
  const { call } = await storeThat((request, response) => {
    const asked = new URL(request.url ?? '', 'http://store');
    if (asked.searchParams.has('rest_route')) json(response, 200, [3]);
    else response.writeHead(301, { location: `${asked.pathname}/${asked.search}` }).end();
  });
  expect(await call()).toMatchObject({ data: [3], access: { permalinks: 'plain' } });
});

test.each([
  ['a page at both addresses', homePage, 200, homePage, 200, 2],
  ['a page, and nothing at the other', homePage, 200, '<html>Not found</html>', 404, 2],
  ['nothing, and a page at the other', '<html>Not found</html>', 404, homePage, 200, 2],
  // It may have been done: nobody asks for it again.
  ['a page before the data', `${homePage}{"id":3}`, 200, '[3]', 200, 1],
  ['a warning of PHP before the data', '<br />\n<b>Warning</b>: x<br />[3]', 200, '[3]', 200, 1],
])('%s: something is in front of the store', async (_name, pretty, prettyStatus, plain, plainStatus, times) => {
  const { call, asked } = await storeThat((request, response) => {
    const isPlain = request.url?.startsWith('/?rest_route=') === true;
    response.writeHead(isPlain ? plainStatus : prettyStatus).end(isPlain ? plain : pretty);
  });
  await expect(call('POST')).rejects.toMatchObject({ name: 'PlatformRefusal', code: 'STORE_BLOCKED' });
  expect(asked()).toBe(times);
});
