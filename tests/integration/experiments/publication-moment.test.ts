import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addRun } from '#app/domains/activity/index.ts';
import { createBundle } from '#app/domains/bundles/index.ts';
import { changeExperiment, saveExperiment } from '#app/flows/change-experiment.ts';
import publishBundles from '#app/flows/publish-bundles.ts';
import type { Services } from '#app/infra/services.ts';
import type { Platform } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { form, valueOf } from '#tests/integration/bundles/shop.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import { halves, onPages } from './published-tests.ts';

let store: TestStore;
let shopId: ShopId;
let bundle: string;

beforeAll(async () => {
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
  const sellable = [...store.sandbox.store.products.values()].filter((one) => !one.isGiftCard).slice(0, 2);
  await seedProducts(
    store.test.database,
    shopId,
    sellable.map(({ id }) => ({ id, variants: [{ id: `${id}1`, priceMinor: 2000, costMinor: 500 }] })),
  );
  const items = sellable.map(({ id }) => ({ productId: id, variantId: null, quantity: 1 }));
  const context = { now: new Date(), newId: randomUUID };
  bundle = await store.test.services.db.inShop(
    shopId,
    async (scope) => valueOf(await createBundle(scope, form({ items }), context)).id,
  );
});
afterAll(() => store.close());

async function publish(services: Services): Promise<void> {
  const { id } = await services.db.inShop(shopId, (scope) =>
    addRun(scope, { id: randomUUID(), kind: 'publish-bundles', now: new Date() }),
  );
  await publishBundles(
    { shopId, runId: id },
    { services, attempt: 1, lastAttempt: false, signal: new AbortController().signal },
  );
}

it('a price test that starts while pages are written is announced only when they know its versions', async () => {
  const { services } = store.test;
  const { shopify } = services.platforms;
  if (!shopify) throw new Error('there is no adapter');
  const change = { values: [{ type: 'percentage' as const, basisPoints: 2500 }] };
  const saved = await saveExperiment(services, shopId, null, halves('Price', { type: 'price', id: bundle }, change));
  if (!saved.ok) throw new Error(JSON.stringify(saved));
  const meanwhile: Platform = {
    ...shopify,
    async publishProducts(ref, pages) {
      await changeExperiment(services, shopId, saved.value.id, { intent: 'start', arm: '' });
      return shopify.publishProducts(ref, pages);
    },
  };
  await publish({ ...services, platforms: { ...services.platforms, shopify: meanwhile } });
  expect(onPages(store)).toEqual({ tests: [], versions: false });
  await publish(services);
  expect(onPages(store)).toMatchObject({ tests: [{}], versions: true });
});
