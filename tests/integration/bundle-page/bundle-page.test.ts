import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteBundle } from '#app/domains/bundles/index.ts';
import { forgetBundlePages } from '#app/flows/bundle-page.ts';
import { bundleHandle, bundlePagePath } from '#app/flows/bundle-page-url.ts';
import { startPublishBundles } from '#app/flows/start-runs.ts';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import { signProxy } from '#app/platforms/shopify/hmac.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { hostileTexts } from '#tests/factories/hostile-texts.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { listen, type RunningServer } from '#tests/setup/listen.ts';
import { createTestServices, insertShop, testApiSecret, type TestServices } from '#tests/setup/services.ts';
import { rendered } from './rendered.ts';
import { makeSet } from './tea-for-two.ts';

let test: TestServices;
let http: HttpApp;
let server: RunningServer;
let shop: ShopId;
let domain: string;

beforeAll(async () => {
  test = await createTestServices();
  http = createHttpApp(test.services, test.queues);
  server = await listen(http.listener);
});
afterAll(async () => {
  await server.close();
  await http.close();
  await test.dispose();
});
beforeEach(async () => {
  domain = `${randomUUID()}.myshopify.com`;
  shop = await insertShop(test.database, { domain, currency: 'EUR' });
  await seedProducts(test.database, shop, [
    { id: '1', variants: [{ id: '11', priceMinor: 1000, costMinor: 100 }] },
    {
      id: '2',
      variants: [
        { id: '21', priceMinor: 2000, costMinor: 100, stock: 0 },
        { id: '22', priceMinor: 2500, costMinor: 100 },
      ],
    },
    { id: '3', variants: [{ id: '31', priceMinor: 500, costMinor: 100 }] },
  ]);
});

const inShop: TestServices['services']['db']['inShop'] = (id, work) => test.services.db.inShop(id, work);

function get(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  values: Readonly<Record<string, string>> = {},
) {
  const url = new URL(`/proxy${path}`, server.url);
  const query = url.searchParams;
  query.set('shop', domain);
  query.set('path_prefix', '/apps/trellis');
  query.set('timestamp', String(Math.floor(Date.now() / 1000)));
  query.set('logged_in_customer_id', '');
  for (const [name, value] of Object.entries(values)) query.set(name, value);
  query.set('signature', signProxy(query, testApiSecret));
  return fetch(url, { headers });
}

const bundle = (values: Readonly<Record<string, unknown>> = {}) => makeSet(test, shop, values);

const path = (one: { id: string; title: string }): string => bundlePagePath(one, '');

describe('the page of a bundle', () => {
  it('shows products, price, saving and choice, and adds all by one plain form', async () => {
    const one = await bundle();
    expect(bundleHandle(one)).toBe(`tea-for-two-${one.id.slice(0, 8)}`);
    const answer = await get(path(one));
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-robots-tag')]).toEqual([
      200,
      'application/liquid; charset=utf-8',
      null,
    ]);
    const html = await rendered(await answer.text());
    expect(html).toContain('<h1>Tea for two</h1>');
    // The cheaper variant is sold out, so that 10.00 and 25.00 are 35.00 less 10 %.
    for (const text of ['€35.00', '€31.50', 'You save €3.50', 'Add all to cart']) expect(html).toContain(text);
    expect(html).toContain('<form action="/cart/add" method="post">');
    expect(html).toContain('name="items[0][id]" value="11"');
    expect(html).toMatch(
      /<select name="items\[1\]\[id\]".*<option value="21" disabled>.*Sold out.*<option value="22" selected>/,
    );
    expect(html).toContain(`<link rel="canonical" href="https://shop.test/apps/trellis/bundle/${bundleHandle(one)}">`);
    expect(html).toContain('<meta property="og:title" content="Tea for two">');
    expect(html).not.toContain('noindex');
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      '@type': 'Product',
      name: 'Tea for two',
      offers: { price: '31.50', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
    });
    expect(await (await get(`/bundle/${one.id}`)).text()).toBe(await (await get(path(one))).text());
  });

  it.each([
    ['en', 'Add all to cart', '€31.50'],
    ['de-AT', 'Alles in den Warenkorb', '31,50\u00a0€'],
    ['fr', 'Tout ajouter au panier', '31,50\u00a0€'],
    ['es', 'Añadir todo al carrito', '31,50\u00a0€'],
    ['ja', 'まとめてカートに入れる', '€31.50'],
    ['sv', 'Add all to cart', '€31.50'],
  ])('speaks %s', async (language, words, price) => {
    const html = await rendered(await (await get(path(await bundle()))).text(), language);
    expect(html).toContain(words);
    expect(html).toContain(price);
  });

  it('lets shoppers choose the units of a mix-and-match', async () => {
    const one = await bundle({
      kind: 'mix-and-match',
      pickCount: 3,
      items: ['1', '3'].map((productId) => ({ productId, variantId: null, quantity: 1 })),
    });
    const html = await rendered(await (await get(path(one))).text());
    expect(html.match(/<select/g)).toHaveLength(3);
    // 10.00, 5.00 and 10.00 less 10 %
    expect(html).toContain('€22.50');
  });

  it('shows no more saving than the margin guard lets through', async () => {
    await seedProducts(test.database, shop, [
      { id: '7', variants: [{ id: '71', priceMinor: 1000, costMinor: 850 }] },
      { id: '8', variants: [{ id: '81', priceMinor: 1000, costMinor: 850 }] },
    ]);
    const one = await bundle({
      discount: { type: 'percentage', basisPoints: 5000 },
      items: ['7', '8'].map((productId) => ({ productId, variantId: null, quantity: 1 })),
    });
    const html = await rendered(await (await get(path(one))).text());
    const [, price] = /Price together: <strong>€([\d.]+)/.exec(html) ?? [];
    // 17.00 of cost at a margin of 10 % at least
    expect(Number(price)).toBeGreaterThanOrEqual(18.88);
  });

  it('says when a part is sold out', async () => {
    await inShop(shop, ({ tx }) =>
      tx.variant.updateMany({ where: { shopId: shop, productId: '1' }, data: { stock: 0 } }),
    );
    const html = await rendered(await (await get(path(await bundle()))).text());
    expect(html).toContain('A part of this set is sold out');
    expect(html).toContain('<button type="submit" class="button" disabled>Sold out</button>');
    expect(html).toContain('https://schema.org/OutOfStock');
  });

  it.each([
    ['a draft', { status: 'draft' }],
    ['a paused bundle', { status: 'paused' }],
    ['one that has ended', { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-02-01T00:00:00Z' }],
  ])('does not show %s', async (_name, values) => {
    const answer = await get(path(await bundle(values)));
    expect([answer.status, answer.headers.get('x-robots-tag')]).toEqual([404, 'noindex']);
    expect(await rendered(await answer.text())).toContain('This set is not available');
  });

  it('does not show another shop’s bundle, by id or handle', async () => {
    const one = await bundle();
    domain = `${randomUUID()}.myshopify.com`;
    await insertShop(test.database, { domain });
    for (const name of [one.id, bundleHandle(one)]) expect((await get(`/bundle/${name}`)).status).toBe(404);
  });

  it('answers 304 to who has it, and anew after a change', async () => {
    const one = await bundle();
    const first = await get(path(one));
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    expect((await get(path(one), { 'if-none-match': etag })).status).toBe(304);
    await inShop(shop, ({ tx }) =>
      tx.variant.updateMany({ where: { shopId: shop, id: '11' }, data: { priceMinor: 1100 } }),
    );
    expect((await get(path(one), { 'if-none-match': etag })).status).toBe(304);
    await forgetBundlePages(test.services, shop);
    expect((await get(path(one), { 'if-none-match': etag })).status).toBe(200);
    await inShop(shop, (scope) => deleteBundle(scope, one.id, { now: new Date() }));
    await startPublishBundles(test.services, shop);
    expect((await get(path(one))).status).toBe(404);
  });

  it('stands where the merchant has put the proxy', async () => {
    const one = await bundle();
    const html = await rendered(await (await get(path(one), {}, { path_prefix: '/tools/sets' })).text());
    expect(html).toContain(`href="https://shop.test/tools/sets/bundle/${bundleHandle(one)}"`);
    const odd = await rendered(await (await get(path(one), {}, { path_prefix: '/"><b>' })).text());
    expect(odd).toContain(`href="https://shop.test/apps/trellis/bundle/${bundleHandle(one)}"`);
  });
});

describe('the page of products that somebody put together', () => {
  it('takes handles and ids, gives what a cart of them would cost, and is not for search engines', async () => {
    await bundle();
    const answer = await get('/bundle?items=product-1,2,3');
    expect([answer.status, answer.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
    const html = await rendered(await answer.text());
    // 1 and 2 are a bundle: 35.00 less 10 %, and 5.00.
    for (const text of ['€40.00', '€36.50', 'You save €3.50', 'name="robots" content="noindex"'])
      expect(html).toContain(text);
    expect(html).toContain('href="https://shop.test/apps/trellis/bundle?items=product-1,product-2,product-3"');
  });

  it('gives the saving of an offer over very many products for any of them', async () => {
    const ids = Array.from({ length: 70 }, (_, index) => String(100 + index));
    await seedProducts(
      test.database,
      shop,
      ids.map((id) => ({ id, variants: [{ id: `${id}1`, priceMinor: 1000, costMinor: 100 }] })),
    );
    await inShop(shop, ({ tx }) =>
      tx.product.updateMany({ where: { shopId: shop, id: { in: ids } }, data: { collectionIds: ['8'] } }),
    );
    await bundle({
      kind: 'quantity-breaks',
      terms: { per: 'mixed', tiers: [{ units: 2, value: { type: 'percentage', basisPoints: 1000 } }] },
      items: [],
      collections: [{ collectionId: '8', role: 'part' }],
    });
    for (const items of ['100,101', '158,160', '100,169']) {
      const html = await rendered(await (await get(`/bundle?items=${items}`)).text());
      expect(html, items).toContain('You save €2.00');
    }
  });

  it.each([
    '1',
    '1,1',
    '',
    '1,,2',
    Array.from({ length: 11 }, (_, index) => String(index)).join(),
    `1,${'x'.repeat(300)}`,
    '1,a%0Ab',
    '1,a%00b',
  ])('cannot read "%s"', async (items) => {
    const answer = await get(`/bundle?items=${items}`);
    expect(answer.status).toBe(400);
    expect(await rendered(await answer.text(), 'de')).toContain('Diese Adresse ist nicht lesbar');
  });

  it.each(['1,404', 'product-1,product-404', `1,'; DROP TABLE product; --`, '1,{{ shop }}'])(
    'knows nothing of "%s"',
    async (items) => {
      expect((await get(`/bundle?items=${encodeURIComponent(items)}`)).status).toBe(items.includes(' ') ? 400 : 404);
    },
  );

  it('shows nothing that is hidden or another shop’s', async () => {
    const other = await insertShop(test.database);
    await seedProducts(test.database, other, [{ id: '77', variants: [{ id: '771', priceMinor: 1 }] }]);
    expect((await get('/bundle?items=1,77')).status).toBe(404);
    await inShop(shop, ({ tx }) =>
      tx.product.updateMany({ where: { shopId: shop, id: '3' }, data: { published: false } }),
    );
    expect((await get('/bundle?items=1,3')).status).toBe(404);
  });
});

describe('hostile titles', () => {
  const texts: readonly (readonly [string, string])[] = [
    ...hostileTexts.filter(
      ([why]) => why !== 'a NUL' && why !== 'half a surrogate pair' && why !== 'nothing but spaces',
    ),
    ['the end of a raw block', '{% endraw %}{{ shop.url }}{% raw %}'],
    ['a tag that is never closed', '{% if %}{% capture x %}{{'],
    ['braces that meet', 'a}}b{{c%}d{%e'],
    ['the end of a string', '" | append: shop.url -%}{{ shop.url }}'],
  ];

  it.each(texts)('%s is text and nothing else', async (_why, text) => {
    await inShop(shop, ({ tx }) => tx.product.updateMany({ where: { shopId: shop, id: '1' }, data: { title: text } }));
    await inShop(shop, ({ tx }) => tx.variant.updateMany({ where: { shopId: shop, id: '22' }, data: { title: text } }));
    const one = await bundle({ title: text.slice(0, 80) });
    const pages = [await get(`/bundle/${one.id}`), await get('/bundle?items=1,2')];
    for (const answer of pages) {
      expect(answer.status).toBe(200);
      const html = await rendered(await answer.text());
      const escaped = text.replace(/[&<>"'{}]/g, (character) => `&#${String(character.charCodeAt(0))};`);
      expect(html).toContain(escaped);
      for (const broken of ['<script>alert', '<img src=x', '49 $']) expect(html).not.toContain(broken);
      const scripts = html.match(/<script/g) ?? [];
      expect(scripts).toHaveLength(1);
      const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
      expect(() => JSON.parse(json) as unknown).not.toThrow();
    }
  });
});
