import { describe, expect, test } from 'vitest';
import { type BundleOffer, matrixOfRow } from '#app/domains/incentives/index.ts';
import { planDelivery, priceOfBundle } from './rules.ts';

const everything = { mergeLines: true, expandLines: true, bundleProducts: true };
const allCodes = {
  combinesWith: matrixOfRow({ product: true, order: true, shipping: false }),
  keepsReserve: true,
};
const offer: BundleOffer = {
  id: 'a',
  title: 'Set',
  kind: 'fixed',
  pickCount: 0,
  discount: { type: 'percentage', basisPoints: 2000 },
  items: [
    { productId: '1', variantId: null, quantity: 2 },
    { productId: '2', variantId: '20', quantity: 1 },
  ],
  startsAt: null,
  endsAt: null,
};
const product = (id: string, variants: string[], priceMinor = 1000) => ({
  id,
  imageUrl: `/${id}.png`,
  variants: variants.map((variant) => ({ id: variant, priceMinor, costMinor: null })),
});
const products = [product('1', ['10']), product('2', ['20', '21'])];

describe('what becomes of the merchant’s choice', () => {
  test.each([
    ['a discount stays one', 'discount', offer, products, everything, 'discount', null],
    ['merge, where the plan allows it', 'merge', offer, products, everything, 'merge', undefined],
    ['merge, where it does not', 'merge', offer, products, { ...everything, mergeLines: false }, 'discount', 'plan'],
    [
      'native on its own needs no cart transform',
      'native',
      offer,
      products,
      { mergeLines: false, expandLines: false, bundleProducts: true },
      'native',
      undefined,
    ],
    [
      'no bundle products on this plan',
      'native',
      offer,
      products,
      { ...everything, bundleProducts: false },
      'discount',
      'plan',
    ],
    [
      'a mix-and-match has no fixed parts',
      'merge',
      { ...offer, kind: 'mix-and-match' as const },
      products,
      everything,
      'discount',
      'kind',
    ],
    [
      'two variants of one product',
      'native',
      {
        ...offer,
        items: [
          { productId: '1', variantId: '10', quantity: 1 },
          { productId: '1', variantId: '11', quantity: 1 },
        ],
      },
      products,
      everything,
      'discount',
      'same-product',
    ],
    ['a part is gone', 'native', offer, products.slice(0, 1), everything, 'discount', 'product-gone'],
    [
      'a product cannot leave the choice of a variant open',
      'native',
      offer,
      [product('1', ['10', '11']), product('2', ['20'])],
      everything,
      'discount',
      'variant-choice',
    ],
    [
      'a merged line can',
      'merge',
      offer,
      [product('1', ['10', '11']), product('2', ['20'])],
      everything,
      'merge',
      undefined,
    ],
  ] as const)('%s', (_why, chosen, set, catalog, support, delivery, problem) => {
    expect(planDelivery(chosen, set, catalog, support, allCodes, false)).toMatchObject({
      delivery,
      ...(problem === undefined ? {} : { problem }),
    });
  });
});

test('no price of a line or product where codes may not come on top of bundles', () => {
  for (const combinesWith of [
    matrixOfRow({ product: true, order: false, shipping: true }),
    matrixOfRow({ product: false, order: true, shipping: true }),
  ])
    expect(planDelivery('native', offer, products, everything, { combinesWith, keepsReserve: true }, false)).toEqual({
      delivery: 'discount',
      problem: 'codes',
    });
});

test('no price of a line or product that would have to give way to a code', () => {
  expect(planDelivery('merge', offer, products, everything, { ...allCodes, keepsReserve: false }, false)).toEqual({
    delivery: 'discount',
    problem: 'codes',
  });
});

test('a set whose price is tested is no product of one price; a line may still be merged', () => {
  const plan = (chosen: 'native' | 'merge') => planDelivery(chosen, offer, products, everything, allCodes, true);
  expect(plan('native')).toEqual({ delivery: 'discount', problem: 'price-test' });
  expect(plan('merge')).toMatchObject({ delivery: 'merge' });
});

test('a bundle product costs what its parts cost in the cart, never below the margin', () => {
  const components = [
    { productId: '1', variantId: '10', quantity: 2, priceMinor: 1000 },
    { productId: '2', variantId: '20', quantity: 1, priceMinor: 500 },
  ];
  const rules = {
    combinesWith: matrixOfRow({ product: false, order: true, shipping: true }),
    minMarginBps: 0,
    defaultMarginBps: 5000,
    sellingPlans: 'exclude' as const,
    codeReserve: 0,
  };
  expect(priceOfBundle(offer, components, rules, () => 0, 'EUR')).toEqual({ priceMinor: 2000, fullPriceMinor: 2500 });
  // 3 units that cost 7.50 together leave 2.50 at most.
  expect(priceOfBundle(offer, components, rules, () => 750, 'EUR')).toEqual({ priceMinor: 2250, fullPriceMinor: 2500 });
  expect(priceOfBundle(offer, components, rules, () => 900, 'EUR')).toEqual({ priceMinor: 2500, fullPriceMinor: 2500 });
});
