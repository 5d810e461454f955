import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { connectByKeys } from '#app/flows/connect-woocommerce.ts';
import importShop from '#app/flows/import-shop.ts';
import { contextAhead } from '#tests/chaos/healing.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

let store: WooTestStore;
beforeAll(async () => {
  store = await startWooTestStore({ size: { products: 6, customers: 5, orders: 8, days: 30 } });
});
afterAll(() => store.close());

/**
 * A host that takes so long for each answer, without waiting for it: whoever waits no longer than that gives up at
 * once, everybody else gets the answer. Returns the end of it, which says how many have waited.
 */
function slowHost(answerMs: number): () => number {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const spy = vi
    .spyOn(AbortSignal, 'timeout')
    .mockImplementation((patienceMs) =>
      patienceMs <= answerMs ? AbortSignal.abort(new DOMException('too slow', 'TimeoutError')) : timeout(patienceMs),
    );
  return () => {
    const asked = spy.mock.calls.length;
    spy.mockRestore();
    return asked;
  };
}

test('a host that takes 30 seconds for every answer is connected and imported whole', async () => {
  const { services } = store.test;
  const end = slowHost(30_000);
  const shopId = await connectedStore(store);
  const readImport = async () => {
    const runs = await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 5, kind: 'import' }));
    return runs[0];
  };
  await importShop({ shopId, runId: (await readImport())?.id ?? '' }, contextAhead(services));
  const asked = end();
  const { products, orders } = store.woo.store;
  expect(await readImport()).toMatchObject({
    status: 'succeeded',
    attempts: 1,
    result: { products: products.size, orders: orders.size },
  });
  // Half a minute each, one after the other: still less than half an hour.
  expect(asked).toBeGreaterThan(10);
  expect(asked).toBeLessThan(60);
});

test('one that takes longer than WooCommerce itself would wait is unreachable, and is said to be', async () => {
  const end = slowHost(60_000);
  const keys = { consumerKey: 'ck_1', consumerSecret: 'cs_1' };
  expect(await connectByKeys(store.test.services, store.woo.url, keys)).toMatchObject({ code: 'unreachable' });
  expect(end()).toBe(1);
});
