import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cart,
  codeHash,
  type CodeOffer,
  type DiscountValue,
  defaultIncentiveRules,
  floorOf,
  type IncentiveRules,
  matrixOf,
  priceCart,
  reserveBeside,
  takesPart,
} from './index.ts';
import { readConversion } from './rate.ts';
import { allKinds, cart, offersOf, rules } from '#tests/conformance/carts/arbitraries.ts';

const open = { product: true, order: true, shipping: true };
const together: Partial<IncentiveRules> = { combinesWith: matrixOf(() => true) };

/** A code for the whole order that takes this share off. */
const ofOrder = (basisPoints: number): CodeOffer => ({
  code: 'OURS',
  class: 'order',
  value: { type: 'percentage', basisPoints },
  combinesWith: open,
  runBy: 'platform',
});

function floorsOf(cartOf: Cart, ruleSet: IncentiveRules): number {
  const conversion = readConversion(cartOf.rate, cartOf.shopCurrency, cartOf.currency);
  return cartOf.lines.reduce((sum, line) => {
    const cost = line.unitCostMinor === null ? null : (conversion?.up(line.unitCostMinor) ?? null);
    return sum + floorOf(line.unitPriceMinor, cost, ruleSet) * line.quantity;
  }, 0);
}

/** Without what our discounts leave alone anyway: what is left of that, a code takes by itself. */
function counted(cartOf: Cart, ruleSet: IncentiveRules): Cart {
  return { ...cartOf, lines: cartOf.lines.filter((line) => takesPart(line, ruleSet)) };
}

function expectKept(
  cartOf: Cart,
  offers: Parameters<typeof priceCart>[1]['bundles'],
  ruleSet: IncentiveRules,
  ...codes: readonly CodeOffer[]
) {
  const own = counted(cartOf, ruleSet);
  const both = priceCart(own, { bundles: offers, codes }, ruleSet, null);
  const goods = both.lines.reduce((sum, line) => sum + line.totalMinor, 0);
  if (both.codeMinor === 0 || both.bundleMinor + both.goalMinor === 0) return;
  expect(goods).toBeGreaterThanOrEqual(floorsOf(own, ruleSet));
}

describe('what our discounts leave to a code of the store', () => {
  it('keeps the whole order at its floor beside any code up to the reserve, or takes nothing off', () => {
    fc.assert(
      fc.property(
        cart(5, 4),
        offersOf(allKinds),
        rules,
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 1, max: 10_000 }),
        (cartOf, offers, ruleSet, codeReserve, part) => {
          const code = ofOrder(Math.max(1, Math.floor((codeReserve * part) / 10_000)));
          expectKept(cartOf, offers, { ...ruleSet, ...together, codeReserve }, code);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('does so for any code at all where it is known what the code takes off', () => {
    fc.assert(
      fc.property(
        cart(5, 4),
        offersOf(allKinds),
        rules,
        fc.oneof(
          fc.record({ type: fc.constant('percentage' as const), basisPoints: fc.integer({ min: 1, max: 9000 }) }),
          fc.record({ type: fc.constant('amount' as const), minor: fc.integer({ min: 1, max: 5000 }) }),
        ),
        (cartOf, offers, ruleSet, value) => {
          expectKept(cartOf, offers, { ...ruleSet, ...together, codeReserve: 'exact' }, { ...ofOrder(1), value });
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('does so for any codes whose size is known, and for what is taken for another', () => {
    const value = fc.oneof(
      fc.integer({ min: 0, max: 10_000 }).map((basisPoints): DiscountValue => ({ type: 'percentage', basisPoints })),
      fc.integer({ min: 1, max: 5000 }).map((minor): DiscountValue => ({ type: 'amount', minor })),
    );
    fc.assert(
      fc.property(
        cart(5, 4),
        offersOf(allKinds),
        rules,
        fc.array(value, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 0, max: 9000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (cartOf, offers, ruleSet, values, codeReserve, part) => {
          const known = values.map((one, at) => ({ ...ofOrder(1), code: `known ${String(at)}`, value: one }));
          const other = { ...ofOrder(Math.floor((codeReserve * part) / 10_000)), code: 'other' };
          const knownCodes = known.map(({ code, value: size }) => ({ hash: codeHash(code), value: size }));
          expectKept(cartOf, offers, { ...ruleSet, ...together, codeReserve, knownCodes }, ...known, other);
          expectKept(cartOf, offers, { ...ruleSet, ...together, codeReserve: 0, knownCodes }, ...known);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('leaves nothing to a known code that takes nothing off', () => {
    const codes = ['free', 'FREE'];
    const knownCodes = [{ hash: codeHash('FREE'), value: { type: 'percentage' as const, basisPoints: 0 } }];
    const ruleSet: IncentiveRules = { ...defaultIncentiveRules, codeReserve: 2500, knownCodes };
    expect(codes.map((code) => reserveBeside([code], ruleSet))).toEqual(codes.map(() => ({ bps: 0, minor: 0 })));
    expect(reserveBeside(['free', 'other'], ruleSet)).toEqual({ bps: 2500, minor: 0 });
  });

  it('says what it left, and changes nothing without a code', () => {
    const cartOf: Cart = {
      currency: 'USD',
      shopCurrency: 'USD',
      rate: '1.0',
      shippingMinor: 0,
      lines: [
        {
          id: 'a',
          productId: '1',
          variantId: '1',
          quantity: 2,
          unitPriceMinor: 1000,
          unitCostMinor: 700,
          giftCard: false,
          sellingPlan: false,
        },
      ],
    };
    const pair = {
      id: 'o',
      title: 'Pair',
      kind: 'fixed' as const,
      pickCount: 0,
      items: [{ productId: '1', variantId: null, quantity: 2 }],
      discount: { type: 'percentage' as const, basisPoints: 3000 },
      startsAt: null,
      endsAt: null,
    };
    const ruleSet: IncentiveRules = {
      combinesWith: matrixOf(() => true),
      minMarginBps: 0,
      defaultMarginBps: 0,
      sellingPlans: 'exclude',
      codeReserve: 1500,
    };
    expect(priceCart(cartOf, { bundles: [pair], codes: [] }, ruleSet, null).bundleMinor).toBe(600);
    const beside = priceCart(cartOf, { bundles: [pair], codes: [ofOrder(1000)] }, ruleSet, null);
    expect(beside.reasons).toContainEqual({ code: 'reserve-kept', subject: 'OURS', minor: 600 - beside.bundleMinor });
    expect(beside.bundleMinor).toBe(352);
  });
});
