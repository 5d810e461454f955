import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSession } from '#app/domains/merchant-sessions/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import { lookForCompanion } from '#app/flows/check-companion.ts';
import { connectByKeys } from '#app/flows/connect-woocommerce.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import { makeSignInLink } from '#app/flows/plugin-sign-in.ts';
import { signPluginCall } from '#app/platforms/woocommerce/plugin/signature.ts';
import { readAccess } from '#app/platforms/woocommerce/auth/store.ts';
import { changePlugin, readPlugin } from '#sandbox/woocommerce/plugin/state.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { insertShop } from '#tests/setup/services.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;

beforeAll(async () => {
  store = await startWooTestStore();
});
afterAll(() => store.close());

const seconds = (): number => Math.floor(Date.now() / 1000);

/** A call as the plugin makes it; `change` is what an attacker would make of it after it was signed. */
function call(
  path: string,
  options: {
    body?: unknown;
    secret?: string;
    shop?: string;
    time?: number;
    sentPath?: string;
    sentBody?: string;
    from?: string;
  } = {},
): Promise<Response> {
  const connection = readPlugin(store.woo.store)?.connection;
  const method = options.body === undefined ? 'GET' : 'POST';
  const text = options.body === undefined ? '' : JSON.stringify(options.body);
  const time = String(options.time ?? seconds());
  const target = `/plugin/woocommerce${path}`;
  const signed = { time, method, target, body: Buffer.from(text) };
  return fetch(`${store.appUrl}${options.sentPath ?? target}`, {
    method,
    headers: {
      ...(options.from === undefined ? {} : { 'x-forwarded-for': options.from }),
      'x-trellis-shop': options.shop ?? connection?.shopId ?? '',
      'x-trellis-time': time,
      'x-trellis-signature': signPluginCall(options.secret ?? connection?.secret ?? '', signed),
    },
    ...(method === 'POST' ? { body: options.sentBody ?? text } : {}),
  });
}

const json = async (response: Promise<Response>): Promise<Record<string, unknown>> =>
  (await (await response).json()) as Record<string, unknown>;

async function connect(): Promise<ShopId> {
  const { consumer_key: consumerKey, consumer_secret: consumerSecret } = store.woo.createKey();
  const connected = await connectByKeys(store.test.services, store.woo.url, { consumerKey, consumerSecret });
  if (!connected.ok) throw new Error(connected.code);
  const merchant = await visit(connected.value.session);
  if (merchant.code !== 'authenticated') throw new Error(merchant.code);
  return merchant.shopId;
}

const visit = (session: string) =>
  authenticateMerchant(
    store.test.services,
    new Request(`${store.appUrl}/`, { headers: { cookie: `trellis_session=${session}` } }),
  );

const stateOf = (shopId: ShopId) =>
  store.test.services.db.inShop(shopId, async (scope) => (await readShop(scope)).platformState);

test('a store without the plugin says so; one that gets it later is connected, told everything and let go of', async () => {
  store.woo.setPlugin('missing');
  const shopId = await connect();
  const { services } = store.test;
  const workers = await store.startWorkers();
  await waitFor(async () => (await stateOf(shopId)).companion?.state === 'missing', 'a look');

  store.woo.setPlugin('waiting');
  await connect();
  await waitFor(async () => (await stateOf(shopId)).companion?.state === 'waiting', 'a second look');

  store.woo.setPlugin('ready');
  await connect();
  await waitFor(() => Promise.resolve(readPlugin(store.woo.store)?.storefront !== null), 'the settings');
  expect(readPlugin(store.woo.store)).toMatchObject({
    connection: { shopId, appUrl: store.appUrl },
    storefront: { shopId, signalsEndpoint: `${store.appUrl}/signals` },
  });

  // What the plugin shows and asks.
  const numbers = await json(call('/numbers?locale=de_DE'));
  expect(numbers).toMatchObject({ currency: 'EUR', problems: [] });
  expect(numbers['numbers']).toContainEqual(
    expect.objectContaining({ key: 'orders', label: 'Bestellungen', note: 'Letzte 30 Tage' }),
  );
  const unknown = await json(call('/numbers?locale=pt'));
  expect(unknown['numbers']).toContainEqual(expect.objectContaining({ key: 'orders', label: 'Orders' }));
  expect(Object.keys(await json(call('/shopper/cart?products=&limit=4&customer=0')))).toEqual(['suggestions']);
  expect(await json(call('/shopper/bundle/nothing-here'))).toMatchObject({ status: 404, index: false });
  for (const foreign of ['currency=USD', 'rate=1.1', 'currency=usd&rate=1.1', 'currency=USD&rate=1e9'])
    expect((await call(`/shopper/bundle/nothing-here?${foreign}`)).status).toBe(400);
  expect(await json(call('/shopper/bundle/nothing-here?currency=USD&rate=1.0837'))).toMatchObject({ status: 404 });
  const unreadable = String((await json(call('/shopper/bundle?items=1')))['html']);
  expect(unreadable).toContain(`${store.woo.url}/?post_type=product`);
  expect((await call('/shopper/order-offers', { body: { orderId: 'x' } })).status).toBe(400);

  // Opening Trellis: one link, one session.
  const { url } = (await json(call('/sign-in', { body: { user: 'ida', to: '/bundles' } }))) as { url: string };
  // Whoever only looks whether the link leads somewhere does not use it up.
  expect((await fetch(url, { method: 'HEAD', redirect: 'manual' })).status).toBe(200);
  const opened = await fetch(url, { redirect: 'manual' });
  expect(opened.headers.get('location')).toBe('/bundles');
  const cookie = opened.headers.get('set-cookie') ?? '';
  expect(cookie).toContain('HttpOnly');
  const session = /trellis_session=([\w-]+)/.exec(cookie)?.[1] ?? '';
  expect(await visit(session)).toMatchObject({ code: 'authenticated', shopId });
  const twice = await fetch(url, { redirect: 'manual' });
  expect(twice.headers.get('location')).toBe('/connect/woocommerce?used=1');
  expect(twice.headers.get('set-cookie')).toBeNull();
  const away = await json(call('/sign-in', { body: { user: 'ida', to: '//elsewhere.example' } }));
  expect((await fetch(String(away['url']), { redirect: 'manual' })).headers.get('location')).toBe('/');

  // Taking leave in the store.
  expect(await json(call('/disconnect', { body: {} }))).toEqual({ disconnected: true });
  expect(await visit(session)).toMatchObject({ code: 'signed-out' });
  await waitFor(
    async () => (await services.db.inShop(shopId, (scope) => readAccess(scope, services.secrets))) === null,
    'the farewell',
  );
  expect(readPlugin(store.woo.store)).toMatchObject({ connection: null, storefront: null });
  expect(store.woo.store.webhooks.size).toBe(0);
  await workers.close();
});

test('a plugin with another secret is given ours, and everything with it', async () => {
  const { services } = store.test;
  store.woo.setPlugin('ready');
  const shopId = await connect();
  const asked: string[] = [];
  const enqueue = (job: { id: string }) => Promise.resolve(void asked.push(job.id));
  const watched = { ...services, queue: { ...services.queue, enqueue } };
  const look = async () => {
    const connected = await findConnectedShop(services, shopId);
    if (!connected) throw new Error('no shop');
    await lookForCompanion(watched, connected);
    return asked.splice(0);
  };
  await look();
  const connection = readPlugin(store.woo.store)?.connection;
  if (!connection) throw new Error('not handed over');
  expect(await look()).toEqual([]);
  changePlugin(store.woo.store, { connection: { ...connection, secret: 'a'.repeat(64) }, locale: 'de_DE' });
  expect([await look(), (await stateOf(shopId)).storeLocale]).toEqual([['shop.publish'], 'de_DE']);
  expect(readPlugin(store.woo.store)?.connection).toEqual(connection);
});

test('a link does not take a browser from one store to another unasked', async () => {
  const { services } = store.test;
  const shopId = await connect();
  const elsewhere = await insertShop(store.test.database, { domain: 'elsewhere.example' });
  const url = await makeSignInLink(services, elsewhere, '/');
  const session = 's'.repeat(43);
  const now = services.clock.now();
  await services.db.inShop(shopId, (scope) => startSession(scope, { token: session, origin: 'keys', now }));
  const headers = { cookie: `trellis_session=${session}` };
  const asked = await fetch(url, { headers, redirect: 'manual' });
  expect([asked.status, asked.headers.get('set-cookie')]).toEqual([200, null]);
  expect(await asked.text()).toContain('Open another store?');
  const forged = await fetch(url, { method: 'POST', headers: { ...headers, origin: 'https://evil.example' } });
  expect(forged.status).toBe(403);
  const agreed = { method: 'POST', headers: { ...headers, origin: store.appUrl }, redirect: 'manual' } as const;
  expect((await fetch(url, agreed)).headers.get('set-cookie')).toContain('trellis_session=');
  expect((await fetch(url, agreed)).headers.get('set-cookie')).toBeNull();
});

test('calls that are not the plugin’s are refused', async () => {
  const { services } = store.test;
  store.woo.setPlugin('ready');
  const shopId = await connect();
  const platform = services.platforms.woocommerce;
  await platform?.checkCompanion({ shopId, domain: new URL(store.woo.url).host }, { renew: true });
  const refusal = async (response: Promise<Response>) => {
    const { status } = await response;
    return [status, ((await json(response.then((one) => one.clone()))) as { error: { code: string } }).error.code];
  };
  const other = 'f'.repeat(64);
  // An earlier connection's secret is remembered for a moment.
  await waitFor(async () => (await call('/numbers')).status === 200, 'the new secret');
  expect(await refusal(call('/numbers', { secret: other }))).toEqual([401, 'forged']);
  expect(await refusal(call('/numbers', { shop: '0199f1a0-0000-7000-8000-000000000001' }))).toEqual([401, 'forged']);
  expect(await refusal(call('/numbers', { shop: 'x' }))).toEqual([401, 'unsigned']);
  expect(await refusal(call('/numbers', { sentPath: '/plugin/woocommerce/numbers?a=1' }))).toEqual([401, 'forged']);
  expect(await refusal(call('/sign-in', { body: { user: 'a' }, sentBody: '{"user":"b"}' }))).toEqual([401, 'forged']);
  expect(await refusal(call('/numbers', { time: seconds() - 400 }))).toEqual([401, 'stale']);
  expect(await json(call('/numbers', { time: seconds() + 400 }))).toMatchObject({
    error: { now: expect.closeTo(seconds(), -1) as number },
  });
  expect(await refusal(call('/nothing'))).toEqual([404, 'not-found']);
  expect(await refusal(call('/sign-in', { body: { user: 'a', x: 'y'.repeat(20_000) } }))).toEqual([413, 'too-large']);
  expect((await call('/shopper/cart?products=1&customer=abc')).status).toBe(400);
  for (const email of ['a', '@', 'a@', 'ida@fern.example\0', 'ida @fern.example', 7])
    expect([email, ...(await refusal(call('/forget', { body: { email, orderIds: [] } })))]).toEqual([
      email,
      400,
      'malformed',
    ]);
  const many = Array.from({ length: 101 }, (_, index) => String(index + 1));
  for (const orderIds of [many, ['x'], ['1'.repeat(21)], '1'])
    expect(await refusal(call('/forget', { body: { email: null, orderIds } }))).toEqual([400, 'malformed']);
  expect((await call('/forget', { body: { email: 'ida@fern.example', orderIds: ['1'] } })).status).toBe(200);
  for (const body of [{ email: 'a', locale: 'de_DE' }, { email: null }, { email: null, locale: 'x'.repeat(21) }])
    expect(await refusal(call('/person', { body }))).toEqual([400, 'malformed']);
  for (const body of [
    { customerId: '1' },
    { customerId: '0', productId: '1' },
    { customerId: '1', productId: 'x' },
    { customerId: '1', productId: '1', stands: 'no' },
  ])
    expect(await refusal(call('/review', { body }))).toEqual([400, 'malformed']);
  const review = { customerId: '1', productId: '2' };
  expect(await json(call('/review', { body: review }))).toEqual({ points: 0, reason: 'not-live' });
  expect(await json(call('/review', { body: { ...review, stands: false } }))).toEqual({ points: 0, reason: null });
  const nobody = { customerId: null, email: 'ida@fern.example', locale: 'de_DE' };
  expect(await json(call('/person', { body: nobody }))).toEqual({ groups: [] });
  const time = seconds();
  expect((await call('/sign-in', { body: { user: 'twice' }, time })).status).toBe(200);
  expect(await refusal(call('/sign-in', { body: { user: 'twice' }, time }))).toEqual([401, 'replayed']);
  expect((await fetch(`${store.appUrl}/plugin/woocommerce/numbers`)).status).toBe(401);
  // Names are made up one after the other: the sender is held back, though not for stores that are known.
  const from = '203.0.113.9';
  const strangers = Array.from({ length: 201 }, () => call('/numbers', { shop: randomUUID(), from }));
  const refused = (await Promise.all(strangers)).map(({ status }) => status);
  expect([refused.includes(401), refused.filter((status) => status === 429)]).toEqual([true, [429]]);
  expect((await call('/numbers', { from })).status).toBe(200);
});
