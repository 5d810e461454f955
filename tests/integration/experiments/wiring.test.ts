import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addRun } from '#app/domains/activity/index.ts';
import { currentHoldout, experimentResult } from '#app/domains/experiments/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import publishBundles from '#app/flows/publish-bundles.ts';
import { changeMerchantSettings } from '#app/flows/start-runs.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { startTestStore, type TestStore, waitFor } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;

beforeAll(async () => {
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
});
afterAll(() => store.close());

async function publish(): Promise<void> {
  const { services } = store.test;
  const run = await services.db.inShop(shopId, (scope) =>
    addRun(scope, { id: randomUUID(), kind: 'publish-bundles', now: new Date() }),
  );
  await publishBundles(
    { shopId, runId: run.id },
    { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal },
  );
}

/** What the theme reads, written by us into the store. */
function storefront(): { shopId: string; holdoutBps: number; salt: string; signalsEndpoint: string } {
  const value = [...store.sandbox.store.metafields.values()].find((one) => one.key === 'storefront')?.value;
  return JSON.parse(value ?? 'null') as ReturnType<typeof storefront>;
}

test('installing starts the holdout, settings change it, the storefront learns both, and what visitors do becomes its result', async () => {
  const { services } = store.test;
  const started = await services.db.inShop(shopId, currentHoldout);
  expect(started).toMatchObject({ holdoutBps: 500, endedAt: null });
  await publish();
  expect(storefront()).toMatchObject({ shopId, holdoutBps: 500, salt: started?.salt });

  const settings = {
    holdoutBps: 3000,
    defaultMarginBps: 4000,
    minMarginBps: 1000,
    combinesWith: { order: false, product: false, shipping: true },
  };
  expect((await changeMerchantSettings(services, shopId, settings)).ok).toBe(true);
  const changed = await services.db.inShop(shopId, currentHoldout);
  expect(changed?.holdoutBps).toBe(3000);
  await publish();
  const told = storefront();
  expect(told).toMatchObject({ holdoutBps: 3000, salt: changed?.salt });

  // What the storefront's script would send: everybody views a product, only those who are not held out see a widget.
  const visitors = Array.from({ length: 200 }, () => randomUUID());
  const held = (visitor: string) => isHeldOut(visitor, told.salt, told.holdoutBps);
  const at = new Date().toISOString();
  const event = (kind: string) => ({ id: randomUUID(), kind, productId: '1', at });
  const answers = await Promise.all(
    visitors.map((visitorId) =>
      fetch(`${store.appUrl}/signals`, {
        method: 'POST',
        body: JSON.stringify({
          shopId,
          visitorId,
          events: [event('view'), event('view'), ...(held(visitorId) ? [] : [event('impression')])],
        }),
      }),
    ),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
  const exposures = () => services.db.inShop(shopId, ({ tx }) => tx.exposure.findMany({ where: { shopId } }));
  await waitFor(async () => (await exposures()).length === visitors.length, 'the exposures');
  expect(Object.fromEntries((await exposures()).map((row) => [row.visitorId, row.arm]))).toEqual(
    Object.fromEntries(visitors.map((visitor) => [visitor, held(visitor) ? 'holdout' : 'treatment'])),
  );

  // Their orders carry the visitor; one that was placed before the first view counts nothing.
  const { currency } = await services.db.inShop(shopId, readShop);
  const later = new Date(Date.now() + 60_000);
  const order = (visitorId: string, index: number, placedAt: Date) =>
    platformOrder({
      id: String(900_000 + index),
      visitorId,
      placedAt,
      updatedAt: placedAt,
      currency,
      totalMinor: 1000,
      refundedMinor: 0,
      test: false,
    });
  await services.db.inShop(shopId, (scope) =>
    upsertOrders(scope, [
      ...visitors.map((visitor, index) => order(visitor, index, later)),
      ...visitors.map((visitor, index) => order(visitor, 1000 + index, new Date(Date.now() - 3_600_000))),
    ]),
  );
  const result = await services.db.inShop(shopId, (scope) =>
    experimentResult(scope, { now: new Date(Date.now() + 120_000), marginBps: 4000 }),
  );
  const holdouts = visitors.filter(held).length;
  expect(result).toMatchObject({
    treatment: { visitors: 200 - holdouts, buyers: 200 - holdouts },
    holdout: { visitors: holdouts, buyers: holdouts },
  });
});
