import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBundle } from '#app/domains/bundles/index.ts';
import { type Delivery, saveChoice } from '#app/domains/deliveries/index.ts';
import { renewCodeGuard } from '#app/flows/codes/jobs.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import { deliverBundles } from '#app/flows/jobs.ts';
import { productChanged } from '#app/flows/product-flows.ts';
import type { BundleId, ShopId } from '#app/shared/ids.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import { form, valueOf } from './shop.ts';

let store: TestStore;
let shopId: ShopId;
let bundleId: BundleId;
let parts: string[];

beforeAll(async () => {
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
  parts = [...store.sandbox.store.products.values()]
    .filter((product) => product.status === 'ACTIVE' && product.publishedAt !== null && !product.isGiftCard)
    .slice(0, 2)
    .map(({ id }) => id);
  for (const id of parts) await hear(id);
  const items = parts.map((productId) => ({ productId, variantId: null, quantity: 1 }));
  const { db } = store.test.services;
  const made = await db.inShop(shopId, (scope) =>
    createBundle(scope, form({ items }), { now: new Date(), newId: randomUUID }),
  );
  bundleId = valueOf(made).id;
});
afterAll(() => store.close());

/** A product's webhook: what is asked for after the mirror has it. */
async function hear(productId: string): Promise<string[]> {
  const asked: string[] = [];
  const { services } = store.test;
  const enqueue: typeof services.queue.enqueue = (job) => Promise.resolve(void asked.push(job.id));
  const heard = { ...services, queue: { ...services.queue, enqueue } };
  const connected = await findConnectedShop(heard, shopId);
  if (!connected) throw new Error('the shop is not connected');
  for (const step of productChanged(heard, connected))
    if ('run' in step && step.name === 'catalog') await step.run(productId, []);
  return asked;
}

function setPrice(productId: string, price: string): void {
  const product = store.sandbox.store.products.get(productId);
  if (!product) throw new Error('the store has no such product');
  store.sandbox.store.put('products', { ...product, variants: product.variants.map((one) => ({ ...one, price })) });
}

const choose = (delivery: Delivery) =>
  store.test.services.db.inShop(shopId, (scope) => saveChoice(scope, bundleId, delivery));

test('a product made of others is priced anew as soon as a part of it has another price', async () => {
  const [first = '', second = ''] = parts;
  setPrice(first, '987.00');
  expect(await hear(first), 'a discount follows by itself').toEqual([renewCodeGuard.id]);
  await choose('native');
  expect(await hear(first), 'nothing is new').toEqual([]);
  setPrice(first, '988.00');
  expect(await hear(second), 'it is another’s price').toEqual([]);
  expect(await hear(first)).toEqual([renewCodeGuard.id, deliverBundles.id]);
  expect(await hear(first)).toEqual([]);
  await choose('discount');
  setPrice(first, '989.00');
  expect(await hear(first)).toEqual([renewCodeGuard.id]);
});
