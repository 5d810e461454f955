import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import importShop from '#app/flows/import-shop.ts';
import { startRun } from '#app/flows/start-run.ts';
import { readAccess, saveAccess } from '#app/platforms/woocommerce/auth/store.ts';
import { createWoocommercePlatform } from '#app/platforms/woocommerce/index.ts';
import type { Platform, PlatformRecord, ShopRef } from '#app/platforms/platform.ts';
import { noWooFaults } from '#sandbox/woocommerce/faults.ts';
import { contextAhead } from '#tests/chaos/healing.ts';
import { insertShop } from '#tests/setup/services.ts';
import { startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;
let shop: ShopRef;
let platform: Platform;

beforeAll(async () => {
  store = await startWooTestStore({ size: { products: 12, customers: 30, orders: 260, days: 200 } });
  const domain = new URL(store.woo.url).host;
  shop = { shopId: await insertShop(store.test.database, { platform: 'woocommerce', domain }), domain };
});
afterAll(() => store.close());

beforeEach(async () => {
  Object.assign(store.woo.faults, noWooFaults());
  await connect();
  platform = createWoocommercePlatform(store.test.services, { sleep: () => Promise.resolve(), timeoutMs: 2_000 });
});

/** The merchant gives keys, and the shop is connected by them. */
async function connect(): Promise<void> {
  const { services } = store.test;
  const key = store.woo.createKey();
  const access = {
    address: store.woo.url,
    permalinks: 'pretty',
    keysIn: 'header',
    consumerKey: key.consumer_key,
    consumerSecret: key.consumer_secret,
  } as const;
  await services.db.inShop(shop.shopId, async (scope) => {
    await saveAccess(scope, services.secrets, access, 'secret', new Date());
    await scope.tx.shop.update({ where: { id: shop.shopId }, data: { status: 'installed' } });
  });
}

const revokeAll = () => {
  for (const { id } of [...store.woo.store.keys.values()]) store.woo.revokeKey(id);
};

const status = () =>
  store.test.services.db.inShop(shop.shopId, async ({ tx }) => (await tx.shop.findFirstOrThrow()).status);
const read = () => platform.readShop(shop);

test('a store that cannot answer for a moment is asked again', async () => {
  store.woo.faults.unavailable = 2;
  expect((await read()).currency).toMatch(/^[A-Z]{3}$/);
});

test('one that does not answer in time is unavailable, with no word of the keys', async () => {
  store.woo.faults.slowMs = 1_000;
  const hasty = createWoocommercePlatform(store.test.services, { sleep: () => Promise.resolve(), timeoutMs: 100 });
  const failure = await hasty.readShop(shop).catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ name: 'PlatformUnavailable' });
  expect(JSON.stringify([failure, (failure as Error).message])).not.toMatch(/ck_|cs_|oauth/);
});

test('a security plugin in front of the API: the refusal says what to do, and the keys are not given up', async () => {
  store.woo.faults.blockRest = true;
  await expect(read()).rejects.toMatchObject({ name: 'PlatformRefusal', code: 'STORE_BLOCKED' });
  expect(await status()).toBe('installed');
});

test('a connected store whose permalinks become plain is followed, although every address has a page', async () => {
  Object.assign(store.woo.faults, { plainPermalinks: true, unknownIsHome: true });
  expect((await read()).currency).toMatch(/^[A-Z]{3}$/);
  const { services } = store.test;
  const access = await services.db.inShop(shop.shopId, (scope) => readAccess(scope, services.secrets));
  expect(access).toMatchObject({ permalinks: 'plain' });
});

test('a page with 503 that does not go away: a run ends with what the merchant can do', async () => {
  const { services } = store.test;
  store.woo.faults.unavailable = 1_000;
  const run = await startRun(services, shop.shopId, 'import');
  const hasty = { ...services, platforms: { ...services.platforms, woocommerce: platform } };
  const last = { ...contextAhead(hasty), lastAttempt: true };
  await expect(importShop({ shopId: shop.shopId, runId: run.id }, last)).rejects.toMatchObject({
    name: 'PlatformUnavailable',
  });
  const [ended] = await services.db.inShop(shop.shopId, (scope) => listRuns(scope, { limit: 1, kind: 'import' }));
  expect(ended).toMatchObject({
    status: 'failed',
    error: expect.stringMatching(
      /^The store answers with a page .* in maintenance: .* firewall or security plugin/,
    ) as string,
  });
});

test('revoked keys: only the merchant can mend that', async () => {
  revokeAll();
  await expect(read()).rejects.toMatchObject({ name: 'PlatformAccessLost' });
  expect(await status()).toBe('needs-reauth');
});

test('a process that still knows revoked keys goes on with those of a new connection, and does not end it', async () => {
  await read();
  revokeAll();
  await connect();
  expect((await read()).currency).toMatch(/^[A-Z]{3}$/);
  expect(await status()).toBe('installed');
});

test.each([10, -10])('a clock %i minutes off', async (minutes) => {
  store.woo.faults.clockOffsetMs = minutes * 60_000;
  expect((await read()).currency).toMatch(/^[A-Z]{3}$/);
});

describe('an export', () => {
  const collect = async (between: (seen: number) => void) => {
    const token = await platform.startExport(shop, 'orders', null);
    const ids: string[] = [];
    for await (const record of platform.readExport(shop, token, 0)) {
      ids.push(idOf(record));
      between(ids.length);
    }
    return ids;
  };
  const idOf = (record: PlatformRecord) => (record.resource === 'orders' ? record.order.id : '');

  test('misses nothing when rows that it has read vanish meanwhile, and reads nothing twice', async () => {
    const { store: site } = store.woo;
    const before = [...site.orders.keys()].sort((a, b) => a - b);
    const gone = before.slice(20, 60);
    const ids = await collect((seen) => {
      if (seen === 90) for (const id of gone) site.remove('orders', id);
    });
    expect(ids).toEqual(before.map(String));
  });

  test('goes on after rows vanished while it stood still', async () => {
    const { store: site } = store.woo;
    const token = await platform.startExport(shop, 'orders', null);
    const before = [...site.orders.keys()].sort((a, b) => a - b);
    for (const id of before.slice(0, 5)) site.remove('orders', id);
    const ids: string[] = [];
    for await (const record of platform.readExport(shop, token, 110)) ids.push(idOf(record));
    expect(ids).toEqual(expect.arrayContaining(before.slice(110).map(String)));
  });
});
