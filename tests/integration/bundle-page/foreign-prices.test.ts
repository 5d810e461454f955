import { afterAll, beforeAll, expect, it } from 'vitest';
import { liveBundlesForPublication } from '#app/domains/bundles/index.ts';
import { defaultIncentiveRules, priceCart } from '#app/domains/incentives/index.ts';
import { bundlePage, liquidWriter, type PageAsk } from '#app/flows/bundle-page.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { rendered, type RenderedFor } from './rendered.ts';
import { makeSet } from './tea-for-two.ts';

let test: TestServices;
let shop: ShopId;

beforeAll(async () => {
  test = await createTestServices();
  shop = await insertShop(test.database, { currency: 'EUR' });
  await seedProducts(
    test.database,
    shop,
    [1000, 2000, 500].map((priceMinor, at) => ({
      id: String(at + 1),
      variants: [{ id: `${String(at + 1)}1`, priceMinor, costMinor: 0 }],
    })),
  );
});
afterAll(() => test.dispose());

/** What the store shows in these currencies, Liquid's hundredths: of its own rounding, not of any rate. */
const stores: Readonly<Record<string, RenderedFor>> = {
  USD: { currency: 'USD', prices: { '11': 1099, '21': 2199, '31': 549 }, moneyFormat: '${{amount}}' },
  JPY: {
    currency: 'JPY',
    prices: { '11': 170_300, '21': 340_100, '31': 85_100 },
    moneyFormat: '¥{{amount_no_decimals}}',
  },
};
const off = { type: 'percentage', basisPoints: 1500 };
const item = (productId: string, role: string) => ({ productId, variantId: null, quantity: 1, role });
const pageOf = (ask: PageAsk) => bundlePage(test.services, shop, ask, liquidWriter);
const pathPrefix = '/apps/trellis';

async function shown(values: Readonly<Record<string, unknown>>, store?: RenderedFor): Promise<string> {
  const { id: name } = await makeSet(test, shop, values);
  return rendered((await pageOf({ type: 'bundle', name, pathPrefix })).text, 'en', store);
}
const sumIn = (html: string): string =>
  /<div class="trellis-page-sum">(.*?)<button/s.exec(html)?.[1]?.replaceAll(/<\/?span>/g, '') ?? '';

it.each<[string, Readonly<Record<string, unknown>>, string, string]>([
  [
    'a set',
    { discount: off },
    // 10.99 + 21.99 = 32.98; 15 % of it are 4.947, rounded as the checkout rounds.
    'Price before: <s>$32.98</s>Price together: <strong>$28.03</strong>You save $4.95',
    // 5,104 yen less 765.6.
    'Price before: <s>¥5,104</s>Price together: <strong>¥4,338</strong>You save ¥766',
  ],
  [
    'a box of two',
    {
      ...{ kind: 'build-a-box', items: ['1', '2'].map((id) => item(id, 'part')) },
      terms: { minUnits: 2, maxUnits: 4, tiers: [{ units: 2, discount: off }] },
    },
    'Price before: <s>$32.98</s>Price together: <strong>$28.03</strong>You save $4.95',
    'Price before: <s>¥5,104</s>Price together: <strong>¥4,338</strong>You save ¥766',
  ],
  [
    'buy two, get one for less: only that one is reduced',
    {
      ...{ kind: 'buy-x-get-y', items: [item('1', 'buy'), item('2', 'get')] },
      terms: { buyUnits: 2, getUnits: 1, value: off, timesPerOrder: 1 },
    },
    'Price before: <s>$43.97</s>Price together: <strong>$40.67</strong>You save $3.30',
    'Price before: <s>¥6,807</s>Price together: <strong>¥6,297</strong>You save ¥510',
  ],
  [
    'a gift',
    {
      ...{ kind: 'gift', items: [item('1', 'buy'), item('3', 'gift')] },
      terms: { trigger: { type: 'buy', units: 1 }, timesPerOrder: 1 },
    },
    'Price before: <s>$16.48</s>Price together: <strong>$10.99</strong>You save $5.49',
    'Price before: <s>¥2,554</s>Price together: <strong>¥1,703</strong>You save ¥851',
  ],
  [
    // Its rate is not known to the page.
    'an amount off: the cart says what comes off',
    { discount: { type: 'amount', minor: 500 } },
    'Price before: <strong>$32.98</strong>',
    'Price before: <strong>¥5,104</strong>',
  ],
])('%s has the prices of the store in the shopper’s currency', async (_, values, dollars, yen) => {
  const usd = await shown(values, stores['USD']);
  expect(sumIn(usd)).toBe(dollars);
  expect(sumIn(await shown(values, stores['JPY']))).toBe(yen);
  expect(usd).toContain('$10.99');
  // Nothing that a shopper reads is in the shop's currency.
  expect(usd.slice(usd.indexOf('<section'))).not.toContain('€');
  expect(sumIn(await shown(values))).toContain('€');
});

it('the saving is what the checkout takes off at those prices', async () => {
  const { id } = await makeSet(test, shop, { discount: off });
  const asked = { now: new Date(), currency: 'EUR', rules: defaultIncentiveRules, discountTitle: '' };
  const { offers } = await test.services.db.inShop(shop, (scope) => liveBundlesForPublication(scope, asked));
  const line = (productId: string, unitPriceMinor: number) => ({
    ...{ id: productId, productId, variantId: `${productId}1`, quantity: 1, unitPriceMinor, unitCostMinor: 0 },
    ...{ giftCard: false, sellingPlan: false },
  });
  const cart = { currency: 'USD', shopCurrency: 'EUR', rate: '1.0837', shippingMinor: 0 };
  const paid = priceCart(
    { ...cart, lines: [line('1', 1099), line('2', 2199)] },
    { bundles: offers.filter((one) => one.id === id), codes: [] },
    defaultIncentiveRules,
    null,
  );
  expect(paid.totalMinor).toBe(2803);
});

it('products that somebody put together have the store’s prices, too', async () => {
  const page = await pageOf({ type: 'items', items: ['2', '3'], pathPrefix });
  const html = await rendered(page.text, 'en', stores['USD']);
  expect(sumIn(html)).toBe('Price together: <strong>$27.48</strong>');
});

it('promises nothing where the store does not tell the price of a product', async () => {
  const values = { discount: off };
  const html = await shown(values, { currency: 'USD', prices: { '11': 1099 }, moneyFormat: '${{amount}}' });
  expect(sumIn(html)).toBe('');
  expect(html.slice(html.indexOf('<section'))).not.toContain('€');
  expect(html).toContain('<button type="submit" class="button">Add all to cart</button>');
});

it('a market with the shop’s own currency has the page as it was', async () => {
  const own = { currency: 'EUR', prices: { '11': 1, '21': 2 }, moneyFormat: '€{{amount}}' };
  const html = await shown({ discount: off }, own);
  expect(sumIn(html)).toContain('<strong>€25.50</strong>');
});
