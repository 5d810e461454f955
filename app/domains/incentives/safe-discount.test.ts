import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BundleOffer, type CartLine, defaultIncentiveRules, priceCart, safeDiscount, safeOffer } from './index.ts';
import { offersOf } from '#tests/conformance/carts/arbitraries.ts';

const products = [
  {
    id: '1',
    variants: [
      { id: '11', priceMinor: 1000, costMinor: 400 },
      { id: '12', priceMinor: 1000, costMinor: 900 },
    ],
  },
  { id: '2', variants: [{ id: '21', priceMinor: 2000, costMinor: 1000 }] },
];
const base = {
  kind: 'fixed' as const,
  pickCount: 0,
  items: [
    { productId: '1', variantId: null, quantity: 1 },
    { productId: '2', variantId: null, quantity: 1 },
  ],
};

describe('what a shopper can be promised', () => {
  it.each([
    {
      why: 'the offer itself where there is room',
      offer: { ...base, discount: { type: 'percentage' as const, basisPoints: 3000 } },
      safe: { type: 'percentage', basisPoints: 3000 },
    },
    {
      why: 'the costly variant decides: 11.00 of 30.00',
      offer: { ...base, discount: { type: 'percentage' as const, basisPoints: 5000 } },
      safe: { type: 'percentage', basisPoints: 3666 },
    },
    {
      why: 'an amount is cut to the least room',
      offer: { ...base, discount: { type: 'amount' as const, minor: 1500 } },
      safe: { type: 'amount', minor: 1100 },
    },
    {
      why: 'mix-and-match may be filled with the worst',
      offer: {
        ...base,
        kind: 'mix-and-match' as const,
        pickCount: 3,
        discount: { type: 'amount' as const, minor: 500 },
      },
      safe: { type: 'amount', minor: 300 },
    },
    {
      why: 'nothing where a part is unknown',
      offer: {
        ...base,
        items: [{ productId: '9', variantId: null, quantity: 2 }],
        discount: { type: 'amount' as const, minor: 500 },
      },
      safe: null,
    },
  ])('$why', ({ offer, safe }) => {
    expect(safeDiscount(offer, products, defaultIncentiveRules)).toEqual(safe);
  });

  it('is kept at the checkout for every choice of units', () => {
    const variant = fc.record({
      priceMinor: fc.integer({ min: 1, max: 5000 }),
      costMinor: fc.option(fc.integer({ min: 0, max: 4000 })),
    });
    const discount = fc.oneof(
      fc.record({ type: fc.constant('percentage' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
      fc.record({ type: fc.constant('amount' as const), minor: fc.integer({ min: 1, max: 4000 }) }),
    );
    const choice = fc.record({
      catalog: fc.array(fc.array(variant, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 2 }),
      picks: fc.tuple(fc.nat(2), fc.nat(2)),
      kind: fc.constantFrom('fixed' as const, 'mix-and-match' as const),
      discount,
      minMarginBps: fc.integer({ min: 0, max: 5000 }),
    });
    fc.assert(
      fc.property(choice, ({ catalog, picks, kind, discount: value, minMarginBps }) => {
        const known = catalog.map((variants, at) => ({
          id: String(at),
          variants: variants.map((entry, index) => ({ ...entry, id: `${at}-${index}` })),
        }));
        const offer: BundleOffer = {
          id: 'a',
          title: 'A',
          kind,
          pickCount: 2,
          discount: value,
          startsAt: null,
          endsAt: null,
          items: known.map(({ id }) => ({ productId: id, variantId: null, quantity: 1 })),
        };
        const rules = { ...defaultIncentiveRules, minMarginBps };
        const safe = safeDiscount(offer, known, rules);
        if (!safe) return;
        const lines = known.map((product, at): CartLine => {
          const picked = product.variants[(picks[at] ?? 0) % product.variants.length];
          if (!picked) throw new Error('each product has a variant');
          return {
            id: product.id,
            productId: product.id,
            variantId: picked.id,
            quantity: 1,
            unitPriceMinor: picked.priceMinor,
            unitCostMinor: picked.costMinor,
            giftCard: false,
            sellingPlan: false,
          };
        });
        const cart = { currency: 'USD', shopCurrency: 'USD', rate: '1.0', shippingMinor: 0, lines };
        const promised = priceCart(cart, { bundles: [{ ...offer, discount: safe }], codes: [] }, rules, null);
        const given = priceCart(cart, { bundles: [offer], codes: [] }, rules, null);
        expect(given.bundleMinor).toBeGreaterThanOrEqual(promised.bundleMinor);
        expect(promised.bundles.every((bundle) => bundle.guard === 'untouched')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('is kept at the checkout for every kind with terms as well', () => {
    const variant = fc.record({
      priceMinor: fc.integer({ min: 1000, max: 5000 }),
      costMinor: fc.integer({ min: 0, max: 3000 }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(variant, variant), { minLength: 3, maxLength: 3 }),
        offersOf(['build-a-box', 'quantity-breaks', 'buy-x-get-y', 'together-offer', 'gift'], 1),
        fc.array(fc.record({ product: fc.nat(2), variant: fc.nat(1), quantity: fc.integer({ min: 1, max: 3 }) }), {
          maxLength: 4,
        }),
        fc.integer({ min: 0, max: 5000 }),
        (variants, [offer], picks, minMarginBps) => {
          const rules = { ...defaultIncentiveRules, minMarginBps };
          const catalog = variants.map((pair, index) => ({
            id: String(index + 1),
            variants: pair.map((values, at) => ({ id: `v${at + 1}`, ...values })),
          }));
          const safe = offer && safeOffer(offer, catalog, rules);
          if (!safe) return;
          const lines = picks.map((pick, index): CartLine => {
            const values = variants[pick.product]?.[pick.variant];
            return {
              id: String(index),
              productId: String(pick.product + 1),
              variantId: `v${pick.variant + 1}`,
              quantity: pick.quantity,
              unitPriceMinor: values?.priceMinor ?? 0,
              unitCostMinor: values?.costMinor ?? 0,
              giftCard: false,
              sellingPlan: false,
            };
          });
          const cart = { currency: 'USD', shopCurrency: 'USD', rate: '1.0', shippingMinor: 0, lines };
          for (const bundle of priceCart(cart, { bundles: [safe], codes: [] }, rules, null).bundles) {
            // Rounding half up may pass the floor by one minor unit.
            expect(bundle.wantedMinor - bundle.discountMinor).toBeLessThanOrEqual(bundle.count);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
