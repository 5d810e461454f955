import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRuns, type Run, type RunKind } from '#app/domains/activity/index.ts';
import { createBundle } from '#app/domains/bundles/index.ts';
import importShop from '#app/flows/import-shop.ts';
import publishShop from '#app/flows/publish-shop.ts';
import reconcileShop from '#app/flows/reconcile-shop.ts';
import { retryFailure, startReconciliation } from '#app/flows/start-runs.ts';
import { startRun } from '#app/flows/start-run.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { chaosSeed, seededRandom } from '#tests/factories/random.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import { type Fault, type FaultyShopify, startFaultyShopify } from './faulty-shopify.ts';
import { contextAhead } from './healing.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { differences, ordersOfMirror, ordersOfStore } from './oracle.ts';

const everything = {
  products: new Date(0).toISOString(),
  customers: new Date(0).toISOString(),
  orders: new Date(0).toISOString(),
};

let road: FaultyShopify;
let store: TestStore;
let shopId: ShopId;
let importRun: string;

beforeEach(async () => {
  const size = { products: 12, customers: 15, orders: 40, days: 60 };
  store = await startTestStore({ size, bucket: { maximum: 20_000, restore: 20_000 } }, () => ({
    platforms: createPlatforms,
  }));
  road = await startFaultyShopify(store.sandbox.url);
  // The app takes the faulty road from here on.
  Object.assign(store.test.services.config, { SHOPIFY_ORIGIN: `${road.url}/shops/{shop}` });
  ({ shopId, importRun } = await installedStore(store));
});
afterEach(async () => {
  await store.close();
  await road.close();
});

const runOf = async (kind: RunKind): Promise<Run | undefined> =>
  (await store.test.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind })))[0];

/** Tries a run as the queue does, without its pauses. Returns how many tries it took. */
async function tryRun(
  handler: JobHandler<{ shopId: ShopId; runId: string }>,
  runId: string,
  tries: number,
): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await handler(
        { shopId, runId },
        contextAhead(store.test.services, 0, { attempt, lastAttempt: attempt === tries }),
      );
      return attempt;
    } catch (error) {
      if (attempt === tries) throw error;
    }
  }
}

async function makeBundle(): Promise<void> {
  const products = [...store.sandbox.store.products.values()]
    .filter((product) => product.status === 'ACTIVE' && !product.isGiftCard)
    .slice(0, 2);
  const form = {
    title: 'Two </script> of a kind',
    kind: 'fixed',
    discount: { type: 'percentage', basisPoints: 1000 },
    pickCount: 0,
    startsAt: null,
    endsAt: null,
    status: 'active',
    items: products.map((product) => ({ productId: product.id, variantId: null, quantity: 1 })),
  };
  const made = await store.test.services.db.inShop(shopId, (scope) =>
    createBundle(scope, form, { now: new Date(), newId: randomUUID }),
  );
  if (!made.ok) throw new Error(JSON.stringify(made));
}

test(`an import and a publication over a bad road (throttled, 5xx, lost questions and answers) end complete and single (seed ${String(chaosSeed)})`, async () => {
  const random = seededRandom(chaosSeed);
  const faults: readonly Fault[] = ['throttled', 'unavailable', 'lost-question', 'lost-answer', 'internal-error'];
  const roll = () => (random() < 0.3 ? (faults[Math.floor(random() * faults.length)] ?? null) : null);
  road.decide(roll);
  await tryRun(importShop, importRun, 8);
  expect(await runOf('import')).toMatchObject({ status: 'succeeded', error: null });
  expect(differences(ordersOfStore(store.sandbox.store), await ordersOfMirror(store.test.services, shopId))).toEqual(
    [],
  );

  await makeBundle();
  // The answer to the one call that makes something is lost for certain: it must not be made twice.
  let lost = false;
  road.decide((operation) => {
    if (operation !== 'CreateDiscount' || lost) return roll();
    lost = true;
    return 'lost-answer';
  });
  const run = await startRun(store.test.services, shopId, 'publish');
  await tryRun(publishShop, run.id, 8);
  expect(lost).toBe(true);
  expect(await runOf('publish')).toMatchObject({ status: 'succeeded', error: null });
  expect(store.sandbox.store.discounts.size).toBe(1);
  const keys = [...store.sandbox.store.metafields.values()].filter((one) => one.key === 'bundles');
  expect(keys).toHaveLength(2);
  expect([...road.done.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2);
});

test('userErrors during a publication end in a failure that says why, and a retry after they are gone publishes everything once', async () => {
  await tryRun(importShop, importRun, 3);
  await makeBundle();
  road.decide((operation) => (operation === 'SetMetafields' ? 'user-error' : null));
  const run = await startRun(store.test.services, shopId, 'publish');
  await expect(tryRun(publishShop, run.id, 2)).rejects.toMatchObject({ name: 'PlatformRefusal', code: 'INVALID' });
  expect(await runOf('publish')).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('is not good today'),
  });

  road.decide(() => null);
  expect(await retryFailure(store.test.services, shopId, { kind: 'run', id: run.id })).toBe(true);
  await tryRun(publishShop, run.id, 1);
  expect(await runOf('publish')).toMatchObject({ status: 'succeeded', error: null });
  expect(store.sandbox.store.discounts.size).toBe(1);
  expect([...store.sandbox.store.metafields.values()].filter((one) => one.key === 'bundles')).toHaveLength(2);
});

test('a product that is gone without a word is named by the publication at most until reconciliation has noticed', async () => {
  const { services } = store.test;
  await tryRun(importShop, importRun, 3);
  await makeBundle();
  await tryRun(publishShop, (await startRun(services, shopId, 'publish')).id, 1);
  store.sandbox.shop().faults.webhookDrop = 1;
  const [, gone] = [...store.sandbox.store.products.values()].filter(
    (product) => product.status === 'ACTIVE' && !product.isGiftCard,
  );
  if (!gone) throw new Error('no product');
  store.sandbox.store.remove('products', gone.id);
  await services.db.inShop(shopId, ({ tx }) => tx.shop.updateMany({ data: { platformState: {} } }));
  const blind = await startRun(services, shopId, 'publish');
  await tryRun(publishShop, blind.id, 1).catch((error: unknown) => {
    expect(error).toMatchObject({ name: 'PlatformRefusal', message: expect.stringContaining(gone.id) });
  });

  await services.db.inShop(shopId, ({ tx }) =>
    tx.shop.updateMany({ data: { platformState: { reconciledUntil: everything } } }),
  );
  await tryRun(reconcileShop, (await startReconciliation(services, shopId)).id, 1);
  const mirrored = await services.db.inShop(shopId, ({ tx }) =>
    tx.product.findFirst({ where: { shopId, id: gone.id } }),
  );
  expect(mirrored?.deletedAt ?? null).not.toBeNull();
  await tryRun(publishShop, (await startRun(services, shopId, 'publish')).id, 1);
  expect(await runOf('publish')).toMatchObject({ status: 'succeeded', error: null });
  // What hung on the product itself went with it.
  const told = [...store.sandbox.store.metafields.values()].filter(
    (one) => one.ownerId.includes('/Product/') && !one.ownerId.endsWith(`/${gone.id}`),
  );
  expect(told.filter((one) => one.value.includes(gone.id))).toEqual([]);
  expect(store.sandbox.store.discounts.size).toBeLessThanOrEqual(1);
});
