import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addRun } from '#app/domains/activity/index.ts';
import {
  markPublished,
  listsForPublication,
  staleProductIds,
  trainRecommendations,
} from '#app/domains/recommendations/index.ts';
import importShop from '#app/flows/import-shop.ts';
import { refreshBundles } from '#app/flows/jobs.ts';
import processInbox from '#app/flows/process-inbox.ts';
import publishBundles from '#app/flows/publish-bundles.ts';
import publishShop from '#app/flows/publish-shop.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;

const context = () => ({
  services: store.test.services,
  attempt: 1,
  lastAttempt: true,
  signal: new AbortController().signal,
});

beforeAll(async () => {
  // Deliveries have their real five seconds: none may be lost here.
  store = await startTestStore({ webhookTimeScale: 1 });
  const installed = await installedStore(store);
  ({ shopId } = installed);
  await importShop({ shopId, runId: installed.importRun }, context());
  await trainRecommendations(store.test.services, shopId, () => Promise.resolve(), new AbortController().signal);
  await publish('publish');
});
afterAll(() => store.close());

async function publish(kind: 'publish' | 'publish-bundles'): Promise<void> {
  const { db } = store.test.services;
  const run = await db.inShop(shopId, (scope) => addRun(scope, { id: randomUUID(), kind, now: new Date() }));
  await (kind === 'publish' ? publishShop : publishBundles)({ shopId, runId: run.id }, context());
}

/** The lists of a product page as they stand in the store. */
const listed = (productId: string): string[] =>
  [...store.sandbox.store.metafields.values()]
    .filter(
      (one) =>
        one.ownerId === `gid://shopify/Product/${productId}` && (one.key === 'together' || one.key === 'similar'),
    )
    .flatMap((one) => JSON.parse(one.value) as string[])
    .map((gid) => gid.split('/').at(-1) ?? '');

/** Pages that offer a product now. */
const pagesWith = (productId: string) =>
  [...store.sandbox.store.products.keys()].filter((id) => listed(id).includes(productId));

/** Lets the webhooks arrive and does what waits for them. */
async function settle(): Promise<string[]> {
  await store.sandbox.shop().webhooks.settled();
  await processInbox({ shopId }, context());
  const jobs = await store.test.queues.get(refreshBundles.queue).getJobs(['delayed', 'waiting']);
  const waiting = jobs.filter((job) => job.name === refreshBundles.id);
  expect(waiting.every((job) => (job.opts.delay ?? 0) < 60_000)).toBe(true);
  await publish('publish-bundles');
  for (const job of waiting) await job.remove();
  return waiting.map((job) => job.name);
}

const mostOffered = () => {
  const [first] = [...store.sandbox.store.products.keys()].sort((a, b) => pagesWith(b).length - pagesWith(a).length);
  const product = store.sandbox.store.products.get(first ?? '');
  if (!product || pagesWith(product.id).length === 0) throw new Error('nothing is offered anywhere');
  return product;
};

// Each goes on from what the one before left.
describe('availability', { shuffle: false }, () => {
  test('what is sold out, hidden or deleted leaves the published lists, which are filled up, and comes back', async () => {
    const { store: shop } = store.sandbox;
    const product = mostOffered();
    const pages = pagesWith(product.id);
    const lengths = pages.map((id) => listed(id).length);
    const soldOut = {
      ...product,
      variants: product.variants.map((variant) => ({
        ...variant,
        tracked: true,
        inventoryQuantity: 0,
        inventoryPolicy: 'DENY' as const,
      })),
    };

    shop.put('products', soldOut);
    expect(await settle()).toEqual([refreshBundles.id]);
    expect(pagesWith(product.id)).toEqual([]);
    // Further candidates have taken the place.
    expect(pages.map((id) => listed(id).length)).toEqual(lengths);

    shop.put('products', { ...product });
    await settle();
    expect(pagesWith(product.id)).toEqual(pages);

    shop.put('products', { ...product, status: 'DRAFT' });
    await settle();
    expect(pagesWith(product.id)).toEqual([]);

    shop.put('products', { ...product });
    await settle();
    expect(pagesWith(product.id)).toEqual(pages);
    shop.remove('products', product.id);
    await settle();
    expect(pagesWith(product.id)).toEqual([]);
  });

  test('a change that leaves the product buyable publishes nothing', async () => {
    const product = mostOffered();
    store.sandbox.store.put('products', { ...product, title: 'A new name' });
    expect(await settle()).toEqual([]);
  });

  test('what became untrue while a publication was under way stays marked', async () => {
    const { db } = store.test.services;
    const product = mostOffered();
    const ids = pagesWith(product.id);
    const read = await db.inShop(shopId, (scope) => listsForPublication(scope, ids, new Date()));
    store.sandbox.store.put('products', { ...product, status: 'ARCHIVED' });
    await store.sandbox.shop().webhooks.settled();
    await processInbox({ shopId }, context());
    await db.inShop(shopId, (scope) => markPublished(scope, read, new Date()));
    expect(await db.inShop(shopId, staleProductIds)).toEqual(expect.arrayContaining(ids));
  });
});
