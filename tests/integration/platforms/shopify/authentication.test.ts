import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Authentication, authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import keepTokensAlive from '#app/flows/keep-tokens-alive.ts';
import { PlatformAccessLost, type ShopRef } from '#app/platforms/platform.ts';
import { createShopAccess } from '#app/platforms/shopify/auth/access-tokens.ts';
import { signSessionToken } from '#sandbox/shopify/oauth/session-token.ts';
import { signExtensionToken } from '#sandbox/shopify/storefront/checkout/extension-token.ts';
import { createTestServices, testApiKey, testApiSecret } from '#tests/setup/services.ts';
import { startTestStore, testDomain, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
let shop: ShopRef;

beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  const outcome = await visit(store.sessionToken());
  if (outcome.code !== 'authenticated') throw new Error(outcome.code);
  shop = { shopId: outcome.shopId, domain: testDomain };
});

const visit = (token: string): Promise<Authentication> =>
  authenticateMerchant(
    store.test.services,
    new Request(`${store.appUrl}/`, { headers: { authorization: `Bearer ${token}` } }),
  );

const facts = () => ({
  domain: testDomain,
  apiKey: testApiKey,
  apiSecret: testApiSecret,
  userId: '1',
  sessionId: 's',
  now: new Date(),
});

describe('a session token', () => {
  test.each([
    ['that ended', () => signSessionToken({ ...facts(), now: new Date(Date.now() - 120_000) })],
    ['that begins later', () => signSessionToken({ ...facts(), now: new Date(Date.now() + 120_000) })],
    ['for another app', () => signSessionToken({ ...facts(), apiKey: 'other' })],
    ['signed with another secret', () => signSessionToken({ ...facts(), apiSecret: 'other' })],
    ['of a domain that is not Shopify’s', () => signSessionToken({ ...facts(), domain: 'evil.example' })],
    ['that is none', () => 'garbage'],
    // A customer account may name an issuer as well: then only who it stands for tells it from staff.
    ['of a customer', () => signSessionToken({ ...facts(), userId: 'gid://shopify/Customer/1' })],
    ['of a shopper’s page', () => signExtensionToken({ ...facts(), customerId: '1' })],
    ['of a guest’s page', () => signExtensionToken({ ...facts(), customerId: null })],
  ])('%s is 401 with the header that makes App Bridge try again', async (_name, token) => {
    const outcome = await visit(token());
    if (outcome.code !== 'retry') throw new Error(outcome.code);
    expect(outcome.response.status).toBe(401);
    expect(outcome.response.headers.get('x-shopify-retry-invalid-session-request')).toBe('1');
  });

  test.each(['//evil.example/x', '/\\evil.example/x', '//evil.example'])(
    'missing on the document %s: the way back leads to us',
    async (path) => {
      const request = {
        url: `${store.appUrl}${path}?shop=${testDomain}&host=aG9zdA`,
        headers: new Headers({ accept: 'text/html', 'sec-fetch-dest': 'iframe' }),
      };
      const outcome = await authenticateMerchant(store.test.services, request as Request);
      if (outcome.code !== 'bounce') throw new Error(outcome.code);
      const location = new URL(outcome.response.headers.get('location') ?? '', store.appUrl);
      const back = new URL(location.searchParams.get('shopify-reload') ?? '');
      expect(back.origin).toBe(new URL(store.test.config.SHOPIFY_APP_URL).origin);
    },
  );

  test('missing on a document goes to the bounce page and back', async () => {
    const url = `${store.appUrl}/bundles?shop=${testDomain}&host=aG9zdA&embedded=1&id_token=old`;
    const outcome = await authenticateMerchant(
      store.test.services,
      new Request(url, { headers: { accept: 'text/html', 'sec-fetch-dest': 'iframe' } }),
    );
    if (outcome.code !== 'bounce') throw new Error(outcome.code);
    const location = new URL(outcome.response.headers.get('location') ?? '', store.appUrl);
    expect(location.pathname).toBe('/auth/session-token');
    const reload = new URL(location.searchParams.get('shopify-reload') ?? '');
    expect(reload.pathname).toBe('/bundles');
    expect(reload.searchParams.has('id_token')).toBe(false);
    expect(reload.searchParams.get('host')).toBe('aG9zdA');
  });

  test('missing outside the admin says where to go', async () => {
    const outcome = await authenticateMerchant(
      store.test.services,
      new Request(`${store.appUrl}/`, { headers: { accept: 'text/html' } }),
    );
    expect(outcome.code).toBe('not-in-admin');
  });
});

describe('access tokens', () => {
  const sessionRow = () =>
    store.test.services.db.inShop(shop.shopId, ({ tx }) =>
      tx.shopifySession.findFirstOrThrow({ where: { shopId: shop.shopId } }),
    );
  const age = (values: { expires?: Date; refreshedAt?: Date; refreshTokenSealed?: string }) =>
    store.test.services.db.inShop(shop.shopId, ({ tx }) =>
      tx.shopifySession.updateMany({ where: { shopId: shop.shopId }, data: values }),
    );

  test('are sealed at rest and do not open for another shop', async () => {
    const row = await sessionRow();
    expect(JSON.stringify(row)).not.toMatch(/shpat_|shprt_/);
    expect(() =>
      store.test.services.secrets.open(
        row.accessTokenSealed ?? '',
        'shopify:access:00000000-0000-0000-0000-000000000000',
      ),
    ).toThrow();
  });

  test('two processes that find the same old token renew it once', async () => {
    const other = await createTestServices({
      database: store.test.database,
      env: { SHOPIFY_ORIGIN: store.test.config.SHOPIFY_ORIGIN, ENCRYPTION_KEYS: store.test.config.ENCRYPTION_KEYS },
    });
    try {
      await age({ expires: new Date(0) });
      const before = new Set(store.sandbox.shop().store.tokens.keys());
      const tokens = await Promise.all(
        [store.test.services, other.services, store.test.services].map((services) =>
          createShopAccess(services).read(shop),
        ),
      );
      expect(new Set(tokens).size).toBe(1);
      // One renewal brings one access and one refresh token (and may end older ones).
      const fresh = [...store.sandbox.shop().store.tokens.values()].filter((token) => !before.has(token.id));
      expect(fresh.map((token) => token.kind).sort()).toEqual(['access', 'refresh']);
      expect((await sessionRow()).expires?.getTime()).toBeGreaterThan(Date.now());
    } finally {
      await other.dispose();
    }
  });

  test('a dead refresh token leaves the shop waiting for the merchant, whose visit mends it', async () => {
    const { db, secrets } = store.test.services;
    const sealed = secrets.seal('shprt_dead', `shopify:refresh:${shop.shopId}`);
    await age({ expires: new Date(0), refreshTokenSealed: sealed });
    await expect(createShopAccess(store.test.services).read(shop)).rejects.toThrow(PlatformAccessLost);
    const status = () =>
      db.inShop(shop.shopId, async ({ tx }) => (await tx.shop.findFirstOrThrow({ where: { id: shop.shopId } })).status);
    expect(await status()).toBe('needs-reauth');
    expect((await visit(store.sessionToken())).code).toBe('authenticated');
    expect(await status()).toBe('installed');
    expect(await createShopAccess(store.test.services).read(shop)).toMatch(/^shpat_/);
  });

  test('keep-alive renews a pair that rested for 50 days', async () => {
    await age({ refreshedAt: new Date(Date.now() - 51 * 24 * 3_600_000) });
    const before = await sessionRow();
    await keepTokensAlive(
      {},
      { services: store.test.services, attempt: 1, lastAttempt: true, signal: new AbortController().signal },
    );
    const after = await sessionRow();
    expect(after.accessTokenSealed).not.toBe(before.accessTokenSealed);
    expect(after.refreshTokenSealed).not.toBe(before.refreshTokenSealed);
    expect(after.refreshedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });
});
