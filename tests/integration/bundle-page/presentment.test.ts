import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundlePage, type PageWriter, type Presentment } from '#app/flows/bundle-page.ts';
import { contentOf } from '#app/flows/bundle-page-content.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { makeSet } from './tea-for-two.ts';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices();
});
afterAll(() => test.dispose());

const writer: PageWriter = {
  name: 'view',
  page: (view, store) => {
    const { beforeMinor, afterMinor, currency, slots } = view;
    const prices = slots.map(({ options }) => options.map(({ priceMinor }) => priceMinor));
    return JSON.stringify({ beforeMinor, afterMinor, currency, prices, html: contentOf(view, store, 'en').html });
  },
  absence: () => 'nothing',
};

/** A set of 10.00 and 20.00 EUR with 5.00 EUR off, asked for as a store with such a rate does. */
async function pageIn(costMinor: number) {
  const { services } = test;
  const shopId = await insertShop(test.database, { currency: 'EUR' });
  await seedProducts(test.database, shopId, [
    { id: '1', variants: [{ id: '11', priceMinor: 1000, costMinor }] },
    { id: '2', variants: [{ id: '21', priceMinor: 2000, costMinor }] },
  ]);
  const { id: name } = await makeSet(test, shopId, { discount: { type: 'amount', minor: 500 } });
  return async (presentment?: Presentment) => {
    const ask = { type: 'bundle' as const, name, pathPrefix: '/trellis' };
    const page = await bundlePage(services, shopId, presentment ? { ...ask, presentment } : ask, writer);
    return JSON.parse(page.text) as Record<string, unknown> & { html: string };
  };
}

it.each([
  [undefined, { currency: 'EUR', prices: [[1000], [2000]], beforeMinor: 3000, afterMinor: 2500 }, '€25.00'],
  // 5.00 × 1.0837 = 5.4185, rounded half up as the cart does.
  [
    { currency: 'USD', rate: '1.0837' },
    { currency: 'USD', prices: [[1084], [2167]], beforeMinor: 3251, afterMinor: 2709 },
    '$27.09',
  ],
  [
    { currency: 'JPY', rate: '170.25' },
    { currency: 'JPY', prices: [[1703], [3405]], beforeMinor: 5108, afterMinor: 4257 },
    '¥4,257',
  ],
  [
    { currency: 'KWD', rate: '0.331' },
    { currency: 'KWD', prices: [[3310], [6620]], beforeMinor: 9930, afterMinor: 8275 },
    'KWD 8.275',
  ],
  // No rate that can be read: the shop's own currency rather than a wrong amount.
  [
    { currency: 'USD', rate: '0' },
    { currency: 'EUR', prices: [[1000], [2000]], beforeMinor: 3000, afterMinor: 2500 },
    '€25.00',
  ],
])('shows a page for %o in one currency throughout', async (presentment, expected, total) => {
  const { html, ...view } = await (await pageIn(100))(presentment);
  expect(view).toEqual(expected);
  expect(html.replaceAll('\u00a0', ' ')).toContain(`<strong>${total}</strong>`);
});

it('keeps pages of one address in two currencies apart', async () => {
  const page = await pageIn(100);
  const seen = [];
  for (const rate of ['1.0837', '1.1', undefined, '1.0837'])
    seen.push((await page(rate === undefined ? undefined : { currency: 'USD', rate }))['beforeMinor']);
  expect(seen).toEqual([3251, 3300, 3000, 3251]);
});

it('promises no more than the margin leaves, costs turned at the same rate', async () => {
  const { afterMinor } = await (await pageIn(1300))({ currency: 'USD', rate: '1.0837' });
  // Together they cost 26.00 EUR, turned upwards 14.09 USD each.
  expect(Number(afterMinor)).toBeGreaterThanOrEqual(2818);
});
