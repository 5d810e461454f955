import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
});
afterAll(() => store.close());

// The second writes into the catalog what the first says that no import writes.
describe('texts of a hostile store', { shuffle: false }, () => {
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

  test('a name that is a script stays text: as it is published, in widgets and on the page of products', async () => {
    const { services } = store.test;
    const platform = services.platforms.woocommerce;
    if (!platform) throw new Error('no adapter');
    const shop = { shopId, domain: new URL(store.woo.url).host };
    const name = '<script>alert(1)</script>';
    const written = /&(lt|#60);script&(gt|#62);alert\(1\)&(lt|#60);\/script&(gt|#62);/;
    const sold = [...store.woo.store.products.values()].filter(({ status }) => status === 'publish').slice(0, 3);
    const [first, second] = sold;
    if (!first || !second) throw new Error('nothing is sold');
    // As it would stand in the catalog of a platform that keeps signs of markup in titles.
    const ids = sold.map(({ id }) => String(id));
    await services.db.inShop(shopId, ({ tx }) =>
      tx.product.updateMany({ where: { shopId, id: { in: ids } }, data: { title: name } }),
    );

    store.woo.setPlugin('ready');
    await platform.checkCompanion(shop, { renew: true });
    await platform.publishStorefront(shop, {
      ...{ shopId, holdoutBps: 0, salt: 'salt', popular: ids, tests: [], changes: [] },
      signalsEndpoint: `${store.appUrl}/signals`,
    });
    const bundle = {
      ...{ id: randomUUID(), title: name, kind: 'fixed' as const, pickCount: 0, currency: 'EUR' },
      ...{ discount: { type: 'percentage' as const, basisPoints: 1000 }, startsAt: null, endsAt: null },
      items: [first, second].map(({ id }) => ({ productId: String(id), variantId: null, quantity: 1 })),
    };
    await platform.publishProducts(shop, [
      { productId: String(first.id), together: ids.slice(1), similar: [], bundles: [bundle] },
    ]);
    const meta = store.woo.store.product(first.id)?.metaData.find(({ key }) => key === '_trellis_bundles');
    expect(JSON.parse(String(meta?.value))).toMatchObject([{ title: name }]);

    const pageOf = async (path: string) => {
      const answer = await fetch(`${store.woo.url}${path}`);
      return { status: answer.status, text: await answer.text() };
    };
    const items = encodeURIComponent([first.slug, second.slug].join(','));
    for (const path of [`/product/${first.slug}/`, `/trellis/bundle?items=${items}`]) {
      const { status, text } = await pageOf(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).toMatch(written);
      expect(text).not.toContain(name);
    }
  });
});
