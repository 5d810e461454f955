import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { addRun, listRuns } from '#app/domains/activity/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import publishShop from '#app/flows/publish-shop.ts';
import { marginsOfShop } from '#app/flows/rules-of-shop.ts';
import { shopChanged } from '#app/flows/shop-flows.ts';
import { loader as home } from '#app/routes/_index/route.tsx';
import { action as save, loader as settings } from '#app/routes/settings/route.tsx';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { visit } from '#tests/setup/installed-store.ts';
import { startTestStore, testDomain, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;
const opened: TestStore[] = [];

beforeEach(async () => {
  store = await startTestStore();
  opened.push(store);
  shopId = await visit(store);
});
afterAll(() => Promise.all(opened.map((one) => one.close())));

function args(path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${store.sessionToken()}`, 'sec-fetch-dest': 'empty' };
  const url = `${store.appUrl}${path}?shop=${testDomain}&host=aG9zdA&embedded=1`;
  const request =
    body === undefined
      ? new Request(url, { headers })
      : new Request(url, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
  return { request, context: { services: store.test.services }, params: {}, unstable_pattern: path };
}

const inForce = async () => {
  const shop = await store.test.services.db.inShop(shopId, readShop);
  expect(shop.settings.taxInPricesBps).toBe(shop.tax.bps);
  return shop.tax;
};

/** What happens each night. */
async function publish(): Promise<void> {
  const { services } = store.test;
  const run = await services.db.inShop(shopId, (scope) =>
    addRun(scope, { id: randomUUID(), kind: 'publish', now: new Date() }),
  );
  const signal = new AbortController().signal;
  await publishShop({ shopId, runId: run.id }, { services, attempt: 1, lastAttempt: true, signal });
}

const order = (count: number, taxBps: number) =>
  store.test.services.db.inShop(shopId, (scope) =>
    upsertOrders(
      scope,
      Array.from({ length: count }, () => platformOrder({ id: randomUUID(), placedAt: new Date(), taxBps })),
    ),
  );

describe('a store that sells with tax in its prices', () => {
  test('is told while nobody knows the rate, learns it from its orders, and goes by what the merchant enters', async () => {
    expect(await inForce()).toMatchObject({ included: true, source: 'assumed', bps: 2700 });
    // Its orders are still to come.
    expect((await home(args('/'))).assumedTaxBps).toBeNull();
    await order(4, 1900);
    await publish();
    expect((await home(args('/'))).assumedTaxBps).toBeNull();
    await store.test.services.db.inShop(shopId, ({ tx }) => tx.run.updateMany({ data: { status: 'succeeded' } }));
    expect((await home(args('/'))).assumedTaxBps).toBe(2700);
    expect((await settings(args('/settings'))).tax).toEqual({ included: true, learntBps: null, orders: 0 });

    await order(1, 1900);
    await publish();
    expect(await inForce()).toMatchObject({ source: 'orders', bps: 1900 });
    expect((await home(args('/'))).assumedTaxBps).toBeNull();
    const learnt = await settings(args('/settings'));
    expect(learnt.tax).toEqual({ included: true, learntBps: 1900, orders: 5 });
    expect(learnt.form.taxInPrices).toBe('');
    const shop = await store.test.services.db.inShop(shopId, readShop);
    // A tenth of 1.00 without 0.19 of 1.19 is left above the cost: 0.90 of 1.19.
    expect(marginsOfShop(shop.settings).minMarginBps).toBe(Math.ceil(10_000 - 9_000 / 1.19));

    const { taxInPricesBps: _rate, enteredTaxBps: _entered, ...rest } = shop.settings;
    const entered = await save(args('/settings', { ...rest, enteredTaxBps: 0 }));
    expect(entered.data).toEqual({ ok: true });
    expect(await inForce()).toMatchObject({ source: 'entered', bps: 0 });
    await publish();
    expect(await inForce()).toMatchObject({ source: 'entered', bps: 0, learntBps: 1900 });
    expect((await settings(args('/settings'))).form.taxInPrices).toBe('0');

    // Another setting is changed, and the field emptied.
    await save(args('/settings', { ...rest, holdoutBps: 100, enteredTaxBps: null }));
    expect(await inForce()).toMatchObject({ source: 'orders', bps: 1900 });
    expect((await save(args('/settings', { ...rest, enteredTaxBps: 5001 }))).init?.status).toBe(422);
  });

  test('that adds tax at the checkout from now on is not divided by an entered rate any more', async () => {
    const { services } = store.test;
    const { settings: before } = await services.db.inShop(shopId, readShop);
    await save(args('/settings', { ...before, enteredTaxBps: 1900 }));
    expect(await inForce()).toMatchObject({ source: 'entered', bps: 1900 });

    store.sandbox.store.shop.taxesIncluded = false;
    await publish();
    expect(await inForce()).toMatchObject({ included: false, source: 'not-included', bps: 0, enteredBps: 1900 });
    const page = await settings(args('/settings'));
    expect([page.form.taxInPrices, page.tax.included]).toEqual(['19', false]);
    expect((await home(args('/'))).assumedTaxBps).toBeNull();
  });

  test('what the store tells of itself is published anew where it changes the floor, and only there', async () => {
    const { services } = store.test;
    const connected = await findConnectedShop(services, shopId);
    if (!connected) throw new Error('not connected');
    const [profile] = shopChanged(services, connected);
    if (!profile || !('run' in profile)) throw new Error('no such step');
    const publications = async () =>
      (await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 9, kind: 'publish-bundles' }))).length;
    await profile.run(shopId, []);
    expect(await publications()).toBe(0);
    store.sandbox.store.shop.taxesIncluded = false;
    await profile.run(shopId, []);
    expect(await publications()).toBe(1);
    expect(await inForce()).toMatchObject({ source: 'not-included' });
  });
});
