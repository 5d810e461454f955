import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { connectByKeys } from '#app/flows/connect-woocommerce.ts';
import importShop from '#app/flows/import-shop.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';

const names = [
  '<script>alert(1)</script>Shirt',
  '&lt;img src=x onerror=alert(1)&gt;Shirt',
  // A drawing that is never closed hides what follows it.
  '<svg/onload=alert(1)>Shirt',
  '"><script>alert(1)</script>',
  'NUL \u0000 and U+FFFD \ufffd',
  'half \ud83d of a sign',
];
let store: WooTestStore;
let shopId: ShopId;

beforeAll(async () => {
  store = await startWooTestStore({ size: { products: 8, customers: 5, orders: 10, days: 30 } });
  const { services } = store.test;
  const site = store.woo.store;
  for (const [index, product] of [...site.products.values()].slice(0, names.length).entries()) {
    const name = names[index] ?? '';
    site.put('products', { ...product, name, description: name, shortDescription: name, sku: name });
  }
  const [order] = [...site.orders.values()];
  if (!order) throw new Error('no orders');
  site.put('orders', { ...order, lines: order.lines.map((line) => ({ ...line, name: names.join(' ') })) });
  const key = store.woo.createKey();
  const keys = { consumerKey: key.consumer_key, consumerSecret: key.consumer_secret };
  const connected = await connectByKeys(services, store.woo.url, keys);
  if (!connected.ok) throw new Error(connected.code);
  shopId = await services.db.asSystem(async ({ tx }) => toShopId((await tx.shop.findFirstOrThrow()).id));
  const [run] = await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind: 'import' }));
  const signal = new AbortController().signal;
  await importShop({ shopId, runId: run?.id ?? '' }, { services, attempt: 1, lastAttempt: true, signal });
}, 60_000);
afterAll(() => store.close());

test('markup and malformed characters of a store never get past the import: what pages, lists and widgets are made of is plain text', async () => {
  const { products, variants, lines } = await store.test.services.db.inShop(shopId, async ({ tx }) => ({
    products: await tx.product.findMany({ where: { shopId } }),
    variants: await tx.variant.findMany({ where: { shopId } }),
    lines: await tx.orderLine.findMany({ where: { shopId } }),
  }));
  expect(products).toHaveLength(8);
  const texts = JSON.stringify([
    products.map(({ title, description, productType, vendor, tags }) => [
      title,
      description,
      productType,
      vendor,
      tags,
    ]),
    variants.map(({ title, sku }) => [title, sku]),
    lines.map(({ title }) => title),
  ]);
  expect(texts).not.toMatch(/<[a-z/!]|onerror|onload|\\u0000|\\ud83d/i);
  expect(products.filter(({ title }) => title === 'Shirt')).toHaveLength(2);
  expect(texts).toContain('NUL and U+FFFD \ufffd');
});
