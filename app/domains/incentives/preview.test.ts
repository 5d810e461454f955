import { describe, expect, it } from 'vitest';
import { type BundleOffer, defaultIncentiveRules, explain, previewBundle, priceCart } from './index.ts';

const products = [
  {
    id: '1',
    variants: [
      { id: '11', priceMinor: 1000, costMinor: 400 },
      { id: '12', priceMinor: 1200, costMinor: 400 },
    ],
  },
  { id: '2', variants: [{ id: '21', priceMinor: 2000, costMinor: null }] },
];
const items = [
  { productId: '1', variantId: null, quantity: 2 },
  { productId: '2', variantId: null, quantity: 1 },
];

describe('preview of a bundle', () => {
  it('shows price, saving, final price and margin, and says which cost is assumed', () => {
    expect(
      previewBundle(
        { kind: 'fixed', pickCount: 0, discount: { type: 'percentage', basisPoints: 1000 }, items },
        products,
        defaultIncentiveRules,
      ),
    ).toEqual({
      priceBeforeMinor: 4000,
      savingMinor: 400,
      finalPriceMinor: 3600,
      wantedSavingMinor: 400,
      savingBps: 1000,
      marginAfterBps: 5000,
      guard: 'untouched',
      promised: { type: 'percentage', basisPoints: 1000 },
      warnings: ['cost-assumed'],
    });
  });

  it('shows the price that the guard leaves', () => {
    const preview = previewBundle(
      { kind: 'fixed', pickCount: 0, discount: { type: 'percentage', basisPoints: 8000 }, items: items.slice(0, 1) },
      products,
      { ...defaultIncentiveRules, minMarginBps: 2000 },
    );
    expect(preview).toMatchObject({
      priceBeforeMinor: 2000,
      savingMinor: 1000,
      finalPriceMinor: 1000,
      marginAfterBps: 2000,
      guard: 'reduced',
      warnings: ['below-margin'],
    });
  });

  it('shows the margin without the tax in the price', () => {
    const taxed = { ...defaultIncentiveRules, taxInPricesBps: 2_500 };
    const offer = { kind: 'fixed', pickCount: 0, discount: { type: 'percentage', basisPoints: 1000 } } as const;
    // 1800 with its tax are 1440 without it, and the goods cost 800.
    expect(previewBundle({ ...offer, items: items.slice(0, 1) }, products, taxed)).toMatchObject({
      finalPriceMinor: 1800,
      marginAfterBps: 4444,
    });
  });

  it('warns when only a dearer choice would fall below the margin', () => {
    const costly = [
      {
        id: '1',
        variants: [
          { id: '11', priceMinor: 1000, costMinor: 100 },
          { id: '12', priceMinor: 1200, costMinor: 1100 },
        ],
      },
    ];
    const preview = previewBundle(
      { kind: 'fixed', pickCount: 0, discount: { type: 'percentage', basisPoints: 2000 }, items: items.slice(0, 1) },
      costly,
      defaultIncentiveRules,
    );
    expect(preview).toMatchObject({
      guard: 'untouched',
      savingMinor: 400,
      promised: { type: 'percentage', basisPoints: 833 },
      warnings: ['below-margin'],
    });
  });

  it('fills a mix-and-match with its cheapest units in turn', () => {
    const preview = previewBundle(
      { kind: 'mix-and-match', pickCount: 3, discount: { type: 'amount', minor: 500 }, items },
      products,
      defaultIncentiveRules,
    );
    expect(preview).toMatchObject({ priceBeforeMinor: 1000 + 2000 + 1000, savingMinor: 500, finalPriceMinor: 3500 });
  });

  it('warns of a product that the catalog does not know', () => {
    const preview = previewBundle(
      {
        kind: 'fixed',
        pickCount: 0,
        discount: { type: 'amount', minor: 1 },
        items: [{ productId: '9', variantId: null, quantity: 2 }],
      },
      products,
      defaultIncentiveRules,
    );
    expect(preview).toMatchObject({
      priceBeforeMinor: 0,
      finalPriceMinor: 0,
      savingBps: 0,
      marginAfterBps: null,
      warnings: ['unknown-product', 'no-saving'],
    });
  });

  it('promises what the cart gives', () => {
    const bundle: BundleOffer = {
      id: 'a',
      title: 'A',
      kind: 'fixed',
      pickCount: 0,
      discount: { type: 'percentage', basisPoints: 7000 },
      items,
      startsAt: null,
      endsAt: null,
    };
    const rules = { ...defaultIncentiveRules, minMarginBps: 1500 };
    const pricing = priceCart(
      {
        currency: 'USD',
        shopCurrency: 'USD',
        rate: '1.0',
        shippingMinor: 0,
        lines: [
          {
            id: 'x',
            productId: '1',
            variantId: '11',
            quantity: 2,
            unitPriceMinor: 1000,
            unitCostMinor: 400,
            giftCard: false,
            sellingPlan: false,
          },
          {
            id: 'y',
            productId: '2',
            variantId: '21',
            quantity: 1,
            unitPriceMinor: 2000,
            unitCostMinor: null,
            giftCard: false,
            sellingPlan: false,
          },
        ],
      },
      { bundles: [bundle], codes: [] },
      rules,
      null,
    );
    expect(pricing.totalMinor).toBe(previewBundle(bundle, products, rules).finalPriceMinor);
    expect(explain(pricing).map(({ code }) => code)).toEqual(['bundle-applied', 'margin-reduced', 'cost-assumed']);
    // Floors at 15 %: 2 × 4.71 + 11.77 = 21.19; 28.00 is promised, 18.81 is left.
    expect(explain(pricing)[1]?.text).toBe('The discount was reduced by 9.19 USD to keep the minimum margin.');
  });
});
