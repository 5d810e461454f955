import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundlePage, liquidWriter } from '#app/flows/bundle-page.ts';
import { hasPage } from '#app/flows/bundle-page-slots.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { rendered } from './rendered.ts';
import { makeSet } from './tea-for-two.ts';

let test: TestServices;
let shop: ShopId;

beforeAll(async () => {
  test = await createTestServices();
  shop = await insertShop(test.database, { currency: 'EUR' });
  const variant = (id: string, priceMinor: number) => ({ id: `${id}1`, priceMinor, costMinor: 0 });
  await seedProducts(
    test.database,
    shop,
    [1000, 2000, 500].map((price, at) => ({ id: String(at + 1), variants: [variant(String(at + 1), price)] })),
  );
});
afterAll(() => test.dispose());

const off = { type: 'percentage', basisPoints: 5000 };
const item = (productId: string, role: string) => ({ productId, variantId: null, quantity: 1, role });
const tiers = [{ units: 3, value: off }];

interface Shown {
  readonly selects: number;
  readonly before: string;
  readonly now: string;
  readonly says?: string;
}

/** What the page of each kind begins with: the smallest choice that earns the saving. */
it.each<[string, Readonly<Record<string, unknown>>, Shown]>([
  [
    'a box of two or more',
    {
      ...{ kind: 'build-a-box', items: ['1', '2'].map((id) => item(id, 'part')) },
      terms: { minUnits: 2, maxUnits: 4, tiers: [{ units: 2, discount: off }] },
    },
    { selects: 2, before: '€30.00', now: '€15.00' },
  ],
  [
    'quantity breaks over all products',
    {
      ...{ kind: 'quantity-breaks', items: ['1', '2', '3'].map((id) => item(id, 'part')) },
      terms: { per: 'mixed', tiers },
    },
    { selects: 3, before: '€35.00', now: '€17.50' },
  ],
  [
    'quantity breaks of each product: three of one, not one of each',
    {
      ...{ kind: 'quantity-breaks', items: ['1', '2', '3'].map((id) => item(id, 'part')) },
      terms: { per: 'product', tiers },
    },
    { selects: 1, before: '€30.00', now: '€15.00', says: '3 ×' },
  ],
  [
    'quantity breaks of one product, which is named',
    { kind: 'quantity-breaks', items: [item('1', 'part')], terms: { per: 'mixed', tiers } },
    { selects: 0, before: '€30.00', now: '€15.00', says: '3 × Product 1' },
  ],
  [
    'buy two, get one for half',
    {
      ...{ kind: 'buy-x-get-y', items: [item('1', 'buy'), item('2', 'get')] },
      terms: { buyUnits: 2, getUnits: 1, value: off, timesPerOrder: 1 },
    },
    { selects: 0, before: '€40.00', now: '€30.00', says: '>2 × Product 1</a>' },
  ],
  [
    'a gift for a product',
    {
      ...{ kind: 'gift', items: [item('1', 'buy'), item('3', 'gift')] },
      terms: { trigger: { type: 'buy', units: 1 }, timesPerOrder: 1 },
    },
    { selects: 0, before: '€15.00', now: '€10.00' },
  ],
  [
    'one of these with one of those',
    {
      ...{ kind: 'together-offer', items: [item('1', 'buy'), item('2', 'get'), item('3', 'get')] },
      terms: { basisPoints: 1000, timesPerOrder: 1 },
    },
    { selects: 1, before: '€30.00', now: '€28.00' },
  ],
])('%s has a page', async (_what, values, { selects, before, now, says = '' }) => {
  const bundle = await makeSet(test, shop, values);
  expect(hasPage(bundle)).toBe(true);
  const ask = { type: 'bundle', name: bundle.id, pathPrefix: '/apps/trellis' } as const;
  const answer = await bundlePage(test.services, shop, ask, liquidWriter);
  const html = await rendered(answer.text);
  expect([answer.status, html.match(/<select/g)?.length ?? 0]).toEqual([200, selects]);
  expect(html).toContain(`<s>${before}</s>`);
  expect(html).toContain(`<strong>${now}</strong>`);
  expect(html).toContain(says);
});

it.each<[string, Readonly<Record<string, unknown>>]>([
  [
    'goals of the cart',
    {
      ...{ kind: 'cart-goals', items: [] },
      terms: { tiers: [{ thresholdMinor: 5000, reward: { type: 'free-shipping' } }] },
    },
  ],
  [
    'a gift from an amount on',
    {
      ...{ kind: 'gift', items: [item('3', 'gift')] },
      terms: { trigger: { type: 'subtotal', minor: 5000 }, timesPerOrder: 1 },
    },
  ],
])('%s has none', async (_what, values) => {
  const bundle = await makeSet(test, shop, values);
  expect(hasPage(bundle)).toBe(false);
  const ask = { type: 'bundle', name: bundle.id, pathPrefix: '/apps/trellis' } as const;
  expect((await bundlePage(test.services, shop, ask, liquidWriter)).status).toBe(404);
});
