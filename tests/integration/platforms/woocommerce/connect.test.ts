import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { mergePlatformState, readShop } from '#app/domains/shops/index.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import { beginConnection, connectByKeys, finishConnection, receiveKeys } from '#app/flows/connect-woocommerce.ts';
import { enterByLink, makeSignInLink } from '#app/flows/plugin-sign-in.ts';
import { readAccess } from '#app/platforms/woocommerce/auth/store.ts';
import { connectCookie, readConnectCookie } from '#app/routes/connect-cookie.server.ts';
import { noWooFaults } from '#sandbox/woocommerce/faults.ts';
import { listen } from '#tests/setup/listen.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;

beforeAll(async () => {
  store = await startWooTestStore();
});
afterAll(() => store.close());

async function begun() {
  const outcome = await beginConnection(store.test.services, `${store.woo.url}/wp-admin/`);
  if (!outcome.ok) throw new Error(outcome.code);
  const url = new URL(outcome.value.redirectTo);
  return { ...outcome.value, state: url.searchParams.get('user_id') ?? '' };
}

/** The merchant approves on the store's page, which calls our server before it sends the browser back. */
async function approve(redirectTo: string): Promise<URL> {
  const page = await (await fetch(redirectTo)).text();
  const href = /href="([^"]*access_granted[^"]*)"/.exec(page)?.[1]?.replaceAll('&#38;', '&');
  const granted = await fetch(new URL(href ?? '', store.woo.url), { redirect: 'manual' });
  return new URL(granted.headers.get('location') ?? '');
}

const visit = (session: string | null, init: RequestInit = {}) =>
  authenticateMerchant(
    store.test.services,
    new Request(`${store.appUrl}/bundles`, {
      ...init,
      headers: { ...(session === null ? {} : { cookie: `a=b; trellis_session=${session}` }), ...init.headers },
    }),
  );

const callback = (body: unknown) =>
  fetch(`${store.appUrl}/connect/woocommerce/callback`, { method: 'POST', body: JSON.stringify(body) });

test('from the typed address to the signed-in merchant, with an import under way and nothing left to use twice', async () => {
  const { services } = store.test;
  const { redirectTo, browser, state } = await begun();
  expect(redirectTo).toContain(`${store.woo.url}/wc-auth/v1/authorize?`);
  const back = await approve(redirectTo);
  expect(back.href).toContain(`${store.appUrl}/connect/woocommerce/return?`);
  expect(back.searchParams.get('user_id')).toBe(state);

  const finished = await finishConnection(services, { state, browser });
  if (!finished.ok) throw new Error(finished.code);
  const merchant = await visit(finished.value.session);
  if (merchant.code !== 'authenticated') throw new Error(merchant.code);
  const { shop, runs, access } = await services.db.inShop(merchant.shopId, async (scope) => ({
    shop: await readShop(scope),
    runs: await listRuns(scope, { limit: 5 }),
    access: await readAccess(scope, services.secrets),
  }));
  expect(shop).toMatchObject({ platform: 'woocommerce', domain: new URL(store.woo.url).host, status: 'installed' });
  expect(shop.name).not.toBe('');
  expect(runs.map(({ kind }) => kind)).toEqual(['import']);
  expect(access).toMatchObject({ address: store.woo.url, permalinks: 'pretty' });

  expect(await finishConnection(services, { state, browser })).toMatchObject({ ok: false, code: 'unknown' });
  const key = store.woo.createKey();
  expect((await callback({ ...key, user_id: state })).status).toBe(400);

  const again = await begun();
  await approve(again.redirectTo);
  const second = await finishConnection(services, { state: again.state, browser: again.browser });
  const same = second.ok ? await visit(second.value.session) : null;
  expect(same).toMatchObject({ code: 'authenticated', shopId: merchant.shopId });
});

test('another browser than the one that began is not signed in, and ends the session of the one that did', async () => {
  const { services } = store.test;
  const { redirectTo, browser, state } = await begun();
  await approve(redirectTo);
  const attacker = await finishConnection(services, { state, browser });
  if (!attacker.ok) throw new Error(attacker.code);
  expect(await visit(attacker.value.session)).toMatchObject({ code: 'authenticated' });
  // Whoever approved comes back without what only the first browser holds.
  expect(await finishConnection(services, { state, browser: null })).toMatchObject({ code: 'other-browser' });
  expect(await visit(attacker.value.session)).toMatchObject({ code: 'signed-out' });
});

describe('the callback', () => {
  test.each([
    ['no JSON', 'nonsense'],
    ['nothing', null],
    [
      'an unknown state',
      { user_id: 'x', consumer_key: 'ck_1', consumer_secret: 'cs_1', key_permissions: 'read_write' },
    ],
    ['keys that are none', { user_id: 'x', consumer_key: '../..', consumer_secret: 'cs_1', key_permissions: 'read' }],
  ])('refuses %s', async (_name, body) => {
    expect((await callback(body)).status).toBe(400);
  });

  test.each([
    ['of nobody', () => ({ consumer_key: 'ck_0', consumer_secret: 'cs_0', key_permissions: 'read_write' })],
    ['that may only read', () => store.woo.createKey('read')],
  ])('refuses keys %s, and the state is used up', async (_name, keys) => {
    const { state } = await begun();
    expect((await callback({ ...keys(), user_id: state })).status).toBe(400);
    expect((await callback({ ...store.woo.createKey(), user_id: state })).status).toBe(400);
  });
});

test('what comes too late is nobody’s: keys, a browser that is back, a link of the plugin', async () => {
  const { services } = store.test;
  const after = (minutes: number) => ({
    ...services,
    clock: { now: () => new Date(services.clock.now().getTime() + minutes * 60_000) },
  });
  const late = await begun();
  const keys = { ...store.woo.createKey(), user_id: late.state };
  expect(await receiveKeys(after(31), keys)).toMatchObject({ ok: false, code: 'unknown' });

  const { redirectTo, browser, state } = await begun();
  await approve(redirectTo);
  expect(await finishConnection(after(31), { state, browser })).toMatchObject({ ok: false, code: 'unknown' });

  const shopId = await connectedStore(store);
  const link = async () => new URL(await makeSignInLink(services, shopId, '/')).searchParams.get('token') ?? '';
  expect(await enterByLink(after(2), await link())).toBeNull();
  const tried = await link();
  expect(await enterByLink(after(10), tried)).toBeNull();
  // Too late once is too late for good.
  expect(await enterByLink(services, tried)).toBeNull();
  const both = await link();
  const entered = await Promise.all([enterByLink(services, both), enterByLink(services, both)]);
  expect(entered.filter((one) => one !== null)).toHaveLength(1);
});

test('a merchant who begins in two tabs comes back to either', async () => {
  const { services } = store.test;
  const tabs = [await begun(), await begun()];
  const cookie = tabs.map((tab) => connectCookie(tab, store.appUrl).split(';')[0]).join('; ');
  const request = new Request(`${store.appUrl}/connect/woocommerce/return`, { headers: { cookie } });
  for (const { redirectTo, state } of tabs) {
    await approve(redirectTo);
    const back = await finishConnection(services, { state, browser: readConnectCookie(request, state) });
    expect(back).toMatchObject({ ok: true });
  }
});

test.each(['missing', 'waiting', 'outdated', 'connected'] as const)(
  'a store that is connected again is not said to have a plugin that is %s, unless it works',
  async (state) => {
    const { services } = store.test;
    const shopId = await connectedStore(store);
    const companion = { state, version: null, problems: [] };
    await services.db.inShop(shopId, (scope) => mergePlatformState(scope, { companion }));
    await connectedStore(store);
    const { platformState } = await services.db.inShop(shopId, readShop);
    expect(platformState.companion).toEqual(state === 'connected' ? companion : undefined);
  },
);

test('an address that is none of a store connects nothing', async () => {
  const { services } = store.test;
  expect(await beginConnection(services, 'not an address')).toMatchObject({ code: 'not-an-address' });
  expect(await beginConnection(services, 'http://169.254.169.254/')).toMatchObject({ code: 'not-public' });
  expect(await beginConnection(services, store.appUrl)).toMatchObject({ ok: false, code: 'no-woocommerce' });
  expect(await beginConnection(services, 'http://127.0.0.1:9')).toMatchObject({ code: 'unreachable' });
});

test('keys made by hand sign in as well; wrong ones do not', async () => {
  const { services } = store.test;
  const key = store.woo.createKey();
  const keys = { consumerKey: key.consumer_key, consumerSecret: key.consumer_secret };
  const connected = await connectByKeys(services, store.woo.url, keys);
  expect(connected.ok && (await visit(connected.value.session))).toMatchObject({ code: 'authenticated' });
  expect(await connectByKeys(services, store.woo.url, { ...keys, consumerSecret: 'cs_wrong' })).toMatchObject({
    ok: false,
    code: 'refused',
  });
});

test.each([
  ['nothing', false],
  ['the home page', true],
])('a store with plain permalinks that answers unknown addresses with %s is connected by keys', async (_what, home) => {
  const { services } = store.test;
  Object.assign(store.woo.faults, { plainPermalinks: true, unknownIsHome: home });
  try {
    expect((await fetch(`${store.woo.url}/wp-json/`)).status).toBe(home ? 200 : 404);
    const shopId = await connectedStore(store);
    const access = await services.db.inShop(shopId, (scope) => readAccess(scope, services.secrets));
    expect(access).toMatchObject({ address: store.woo.url, permalinks: 'plain' });
  } finally {
    Object.assign(store.woo.faults, noWooFaults());
  }
});

test.each([
  ['at both addresses', () => 200],
  ['at one, and nothing at the other', (plain: boolean) => (plain ? 404 : 200)],
])('a login page %s is something in front of the store', async (_where, statusOf) => {
  const login = await listen((request, response) => {
    const status = statusOf(request.url?.includes('rest_route') === true);
    response.writeHead(status, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html>Log in</html>');
  });
  const keys = { consumerKey: 'ck_1', consumerSecret: 'cs_1' };
  const outcome = await connectByKeys(store.test.services, login.url, keys).finally(() => login.close());
  expect(outcome).toMatchObject({ ok: false, code: 'blocked' });
});

test('a session changes things only from our own pages, and an unknown one leads to the sign-in', async () => {
  const key = store.woo.createKey();
  const keys = { consumerKey: key.consumer_key, consumerSecret: key.consumer_secret };
  const connected = await connectByKeys(store.test.services, store.woo.url, keys);
  const session = connected.ok ? connected.value.session : '';
  const post = (headers: Record<string, string>) => visit(session, { method: 'POST', headers });
  expect(await post({ origin: store.appUrl })).toMatchObject({ code: 'authenticated' });
  expect(await post({ 'sec-fetch-site': 'same-origin' })).toMatchObject({ code: 'authenticated' });
  expect(await post({ origin: 'https://evil.example' })).toMatchObject({ code: 'refused' });
  expect(await post({ origin: 'null' })).toMatchObject({ code: 'refused' });
  expect(await post({ 'sec-fetch-site': 'same-site' })).toMatchObject({ code: 'refused' });
  expect(await post({})).toMatchObject({ code: 'refused' });
  const unknown = await visit('x'.repeat(43));
  expect(unknown.code === 'signed-out' && unknown.response.headers.get('location')).toBe(
    '/connect/woocommerce?signed-out=1',
  );
  expect((await visit(null)).code).toBe('retry');
});
