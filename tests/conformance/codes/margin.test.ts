import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeCodeGuard, encodeCodeGuard, type Room } from '#app/domains/codes/code-guard.ts';
import { type CodeTerms, largestOff, priceCode } from '#app/domains/codes/index.ts';
import {
  type Cart,
  floorOf,
  formBundles,
  type IncentiveRules,
  mostOff,
  noPriceTests,
  takesPart,
} from '#app/domains/incentives/index.ts';
import { readConversion } from '#app/domains/incentives/rate.ts';
import { allKinds, cart, offerKinds, offersOf, rules } from '#tests/conformance/carts/arbitraries.ts';

const ids = ['1', '2', '3'];
const beside = {
  minSubtotalMinor: fc.constant(null),
  productIds: fc.option(fc.subarray(ids, { minLength: 1 }), { nil: null }),
};
const terms: fc.Arbitrary<CodeTerms> = fc.oneof(
  fc.record({ type: fc.constant('amount' as const), minor: fc.integer({ min: 1, max: 9_999 }), ...beside }),
  fc.record({ type: fc.constant('percentage' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }), ...beside }),
  fc.record({
    type: fc.constant('free-product' as const),
    productId: fc.constantFrom(...ids),
    variantId: fc.constant(null),
    ...beside,
  }),
  fc.record({ type: fc.constant('free-shipping' as const), ...beside }),
);
const everything = {
  ...{ productProduct: true, productOrder: true, orderOrder: true },
  ...{ productShipping: true, orderShipping: true },
};
const share = fc.record({
  basisPoints: fc.integer({ min: 0, max: 9_999 }),
  minor: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
});

/** What each line can bear: nothing where it costs more than it is sold for. */
function roomsOf(cartOf: Cart, ruleSet: IncentiveRules): number[] {
  const conversion = readConversion(cartOf.rate, cartOf.shopCurrency, cartOf.currency);
  return cartOf.lines.map(({ unitPriceMinor, unitCostMinor }) => {
    const cost = unitCostMinor === null ? null : (conversion?.up(unitCostMinor) ?? null);
    return Math.max(0, unitPriceMinor - floorOf(unitPriceMinor, cost, ruleSet));
  });
}

/** The weakest line of each product, as the guard knows it. */
function guardOf(cartOf: Cart, rooms: readonly number[]): Room[] {
  return ids.map((productId) => {
    const shares = cartOf.lines.map(({ unitPriceMinor, productId: id }, at) =>
      id === productId && unitPriceMinor > 0 ? Math.floor(((rooms[at] ?? 0) * 10_000) / unitPriceMinor) : 10_000,
    );
    return { productId, roomBps: Math.min(10_000, ...shares), priceMinor: 1_000 };
  });
}

it('a code of ours leaves the order above its floor together with bundles and goals, with codes of the store and with others of ours', () => {
  fc.assert(
    fc.property(
      cart(4, 3),
      offersOf(allKinds),
      rules,
      fc.array(terms, { minLength: 1, maxLength: 3 }),
      fc.array(share, { maxLength: 2 }),
      (whole, offers, ruled, ours, stores) => {
        const ruleSet = { ...ruled, sellingPlans: 'exclude' as const };
        const conversion = readConversion(whole.rate, whole.shopCurrency, whole.currency);
        if (!conversion) return;
        const cartOf = { ...whole, lines: whole.lines.filter((line) => takesPart(line, ruleSet)) };
        const rooms = roomsOf(cartOf, ruleSet);
        const most = mostOff(offers, noPriceTests);
        const others = {
          basisPoints: Math.max(0, ...stores.map(({ basisPoints }) => basisPoints)),
          minor: Math.max(0, ...stores.map(({ minor }) => minor)),
        };
        const off = { pairs: everything, off: most.products, order: most.order, others };
        const guard = decodeCodeGuard(encodeCodeGuard(guardOf(cartOf, rooms), off));
        if (!guard) throw new Error('no guard');
        const entered = ours.length + stores.length;
        // A parcel costs as much as the code may make free.
        const price = (code: CodeTerms) => {
          const { minor, freeUpToMinor } = priceCode(cartOf.lines, code, guard, conversion.nearest, entered - 1);
          return minor + (freeUpToMinor ?? 0);
        };
        const codes = ours.reduce((sum, code) => sum + price(code), 0);
        if (codes === 0) return;
        const total = cartOf.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
        const { bundles, goals } = formBundles(cartOf, offers, ruleSet);
        const own = bundles.reduce((sum, bundle) => sum + bundle.discountMinor, goals.order?.minor ?? 0);
        const store = stores.reduce(
          (sum, { basisPoints, minor }) =>
            sum + Math.max(Math.floor((total * basisPoints) / 10_000), conversion.nearest(minor)),
          0,
        );
        const room = cartOf.lines.reduce((sum, line, at) => sum + (rooms[at] ?? 0) * line.quantity, 0);
        expect(codes + own + store).toBeLessThanOrEqual(room);
      },
    ),
    { numRuns: 400 },
  );
});

/** The lowest price in the shop's currency that is no less than this in the cart's. */
function inShop(minor: number, nearest: (minor: number) => number): number {
  let [low, high] = [0, 10_000_000];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (nearest(middle) >= minor) high = middle;
    else low = middle + 1;
  }
  return high;
}

/** Codes that leave something for a parcel in many carts. */
const small: fc.Arbitrary<CodeTerms> = fc.oneof(
  fc.record({ type: fc.constant('amount' as const), minor: fc.integer({ min: 1, max: 900 }), ...beside }),
  fc.record({ type: fc.constant('percentage' as const), basisPoints: fc.integer({ min: 1, max: 1_500 }), ...beside }),
  fc.record({
    type: fc.constant('percentage' as const),
    basisPoints: fc.integer({ min: 1, max: 6_000 }),
    mostMinor: fc.integer({ min: 1, max: 900 }),
    ...beside,
  }),
  terms,
);

const withGoal = fc.tuple(offersOf(allKinds, 2), offerKinds['cart-goals']).map(([others, goals]) => [
  ...others,
  ...[{ ...goals, id: 'goals' }].map((offer) =>
    offer.kind === 'cart-goals'
      ? {
          ...offer,
          terms: { tiers: [{ thresholdMinor: 1, reward: { type: 'free-shipping' as const } }, ...offer.terms.tiers] },
        }
      : offer,
  ),
]);

it('a parcel that a goal makes free leaves what codes of ours take, whichever of them were entered', () => {
  let together = 0;
  fc.assert(
    fc.property(
      cart(4, 3),
      withGoal,
      rules,
      fc.array(small, { minLength: 1, maxLength: 3 }),
      fc.array(small, { maxLength: 1 }),
      fc.boolean(),
      (whole, offers, ruled, entered, others, besideGoods) => {
        const conversion = readConversion(whole.rate, whole.shopCurrency, whole.currency);
        if (!conversion) return;
        const { nearest } = conversion;
        const cartOf = {
          ...whole,
          lines: whole.lines.filter((line) => takesPart(line, { ...ruled, sellingPlans: 'exclude' })),
        };
        const dearest = (id: string): number =>
          Math.max(0, ...cartOf.lines.filter(({ productId }) => productId === id).map((line) => line.unitPriceMinor));
        const ruleSet = {
          ...ruled,
          sellingPlans: 'exclude' as const,
          ownCodes: largestOff([...entered, ...others], ({ productId }) => inShop(dearest(productId), nearest)),
        };
        const rooms = roomsOf(cartOf, ruleSet);
        const most = mostOff(offers, noPriceTests);
        const off = { pairs: everything, off: most.products, order: most.order, others: { basisPoints: 0, minor: 0 } };
        // Where nothing on goods may stand beside codes, they leave nothing.
        const guard = decodeCodeGuard(encodeCodeGuard(guardOf(cartOf, rooms), besideGoods ? off : null));
        if (!guard) throw new Error('no guard');
        const prices = entered.map((code) => priceCode(cartOf.lines, code, guard, nearest, entered.length - 1));
        const codes = prices.reduce((sum, { minor }) => sum + minor, 0);
        const { bundles, goals } = formBundles(cartOf, offers, ruleSet, { bps: 0, unknown: entered.length });
        const parcel = goals.shipping?.mostMinor ?? 0;
        if (parcel === 0) return;
        // Otherwise the matrix lets them not meet.
        const bundled = goals.withoutBundles ? 0 : bundles.reduce((sum, bundle) => sum + bundle.discountMinor, 0);
        const own = bundled + (goals.order?.minor ?? 0);
        const room = cartOf.lines.reduce((sum, line, at) => sum + (rooms[at] ?? 0) * line.quantity, 0);
        expect(codes + own + parcel).toBeLessThanOrEqual(room);
        if (codes > 0) together += 1;
      },
    ),
    { numRuns: 600 },
  );
  // Enough of the carts have both.
  expect(together).toBeGreaterThan(20);
});
