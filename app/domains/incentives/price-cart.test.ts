import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allCandidates, matchOffer } from './candidates.ts';
import {
  type BundleOffer,
  type Cart,
  type CartLine,
  type CodeOffer,
  floorOf,
  type IncentiveRules,
  priceCart,
} from './index.ts';
import { type Pool, poolUnits } from './pools.ts';
import { readConversion } from './rate.ts';

// Weights keep most carts able to form bundles: what is excluded, unprofitable or absent is the rarer case.
const rarely = fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const variantId = fc.oneof({ weight: 4, arbitrary: fc.constant('v1') }, { weight: 1, arbitrary: fc.constant('v2') });
function mostly<T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

const discount = fc.oneof(
  fc.record({ type: fc.constant('percentage' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ type: fc.constant('amount' as const), minor: fc.integer({ min: 1, max: 3000 }) }),
);
const productId = fc.constantFrom('1', '2', '3');
const offer: fc.Arbitrary<Omit<BundleOffer, 'id'>> = fc
  .record({
    kind: fc.constantFrom('fixed' as const, 'mix-and-match' as const),
    pickCount: fc.integer({ min: 2, max: 3 }),
    discount,
    items: fc.uniqueArray(
      fc.record({
        productId,
        variantId: mostly(fc.constant<string | null>(null), variantId),
        quantity: mostly(fc.constant(1), fc.constant(2)),
      }),
      { minLength: 1, maxLength: 3, selector: (item) => item.productId },
    ),
  })
  .map((values) => ({ ...values, title: 'Set', startsAt: null, endsAt: null }));
const offers = fc
  .array(offer, { minLength: 1, maxLength: 3 })
  .map((list): BundleOffer[] => list.map((entry, index) => ({ ...entry, id: `offer-${index}` })));

function lines(maxLines: number, maxQuantity: number): fc.Arbitrary<CartLine[]> {
  return fc
    .array(
      fc.record({
        productId,
        variantId,
        quantity: fc.integer({ min: 1, max: maxQuantity }),
        unitPriceMinor: mostly(fc.integer({ min: 1000, max: 5000 }), fc.integer({ min: 0, max: 10 })),
        unitCostMinor: mostly<number | null>(fc.integer({ min: 0, max: 1500 }), fc.constantFrom(null, 6000)),
        giftCard: rarely,
        sellingPlan: rarely,
      }),
      { maxLength: maxLines },
    )
    .map((list) => list.map((entry, index) => ({ ...entry, id: `line-${index}` })));
}
function cart(maxLines: number, maxQuantity: number): fc.Arbitrary<Cart> {
  return fc.record({
    currency: mostly(fc.constant('USD'), fc.constantFrom('JPY', 'KWD')),
    shopCurrency: mostly(fc.constant('USD'), fc.constant('JPY')),
    rate: fc.constantFrom('1.0', '0.9213', '1.4955'),
    lines: lines(maxLines, maxQuantity),
    shippingMinor: fc.integer({ min: 0, max: 1000 }),
  });
}
const rules: fc.Arbitrary<IncentiveRules> = fc.record({
  combinesWith: fc.record({ product: fc.boolean(), order: fc.boolean(), shipping: fc.boolean() }),
  minMarginBps: mostly(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 10_000 })),
  defaultMarginBps: fc.integer({ min: 0, max: 10_000 }),
  sellingPlans: fc.constantFrom('exclude' as const, 'allow' as const),
});
const codes: fc.Arbitrary<CodeOffer[]> = fc
  .array(
    fc.record({
      class: fc.constantFrom('product' as const, 'order' as const, 'shipping' as const),
      value: discount,
      combinesWith: fc.record({ product: fc.boolean(), order: fc.boolean(), shipping: fc.boolean() }),
      runBy: fc.constant('trellis' as const),
    }),
    { maxLength: 3 },
  )
  .map((list) => list.map((entry, index) => ({ ...entry, code: `CODE${index}` })));

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function floors(cartOf: Cart, ruleSet: IncentiveRules): Map<string, number> {
  const conversion = readConversion(cartOf.rate, cartOf.shopCurrency, cartOf.currency);
  if (!conversion) throw new Error('the rates of this test are readable');
  return new Map(
    cartOf.lines.map((line) => [
      line.id,
      floorOf(line.unitPriceMinor, line.unitCostMinor === null ? null : conversion.up(line.unitCostMinor), ruleSet),
    ]),
  );
}

/** The largest saving by trying every sequence of bundles: slow and obviously right. */
function bestSaving(cartOf: Cart, list: readonly BundleOffer[], ruleSet: IncentiveRules): number {
  const conversion = readConversion(cartOf.rate, cartOf.shopCurrency, cartOf.currency);
  if (!conversion) throw new Error('the rates of this test are readable');
  const pools = poolUnits(cartOf, ruleSet, conversion);
  const known = new Map<string, number>();
  const indices = new Map<string, number[]>();
  pools.forEach((pool, index) => indices.set(pool.productId, [...(indices.get(pool.productId) ?? []), index]));
  function best(counts: readonly number[]): number {
    const key = counts.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const left: Pool[] = pools.map((pool, index) => ({ ...pool, count: counts[index] ?? 0 }));
    let found = 0;
    for (const entry of list) {
      const matched = conversion ? matchOffer(entry, left, indices, conversion) : null;
      for (const way of matched ? (allCandidates(matched, left, Infinity) ?? []) : []) {
        const rest = [...counts];
        for (const [pool, units] of way.parts) rest[pool] = (rest[pool] ?? 0) - units;
        found = Math.max(found, way.value + best(rest));
      }
    }
    known.set(key, found);
    return found;
  }
  return best(pools.map((pool) => pool.count));
}

describe('pricing a cart', () => {
  it('never goes below the margin, and never below zero', () => {
    fc.assert(
      fc.property(cart(6, 4), offers, codes, rules, (cartOf, bundles, codeList, ruleSet) => {
        const pricing = priceCart(cartOf, { bundles, codes: codeList }, ruleSet, null);
        const floor = floors(cartOf, ruleSet);
        for (const bundle of pricing.bundles) {
          const lowest = sum(bundle.units.map((unit) => unit.quantity * (floor.get(unit.lineId) ?? 0)));
          expect(bundle.discountMinor).toBeGreaterThan(0);
          expect(bundle.priceMinor - bundle.discountMinor).toBeGreaterThanOrEqual(lowest);
        }
        const discounted = pricing.lines.filter((line) => line.bundleMinor + line.codeMinor > 0);
        for (const line of pricing.lines) expect(line.totalMinor).toBeGreaterThanOrEqual(0);
        if (discounted.length > 0 && pricing.codeMinor > 0 && codeList.every((code) => code.class === 'order')) {
          const eligible = cartOf.lines.filter((line) => !line.giftCard && line.unitPriceMinor > 0);
          const lowest = sum(eligible.map((line) => line.quantity * (floor.get(line.id) ?? 0)));
          const paid = sum(
            pricing.lines
              .filter((line) => eligible.some(({ id }) => id === line.lineId))
              .map((line) => line.totalMinor),
          );
          expect(paid).toBeGreaterThanOrEqual(lowest);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('adds up: units, lines, bundles and the whole', () => {
    fc.assert(
      fc.property(cart(6, 4), offers, codes, rules, (cartOf, bundles, codeList, ruleSet) => {
        const pricing = priceCart(cartOf, { bundles, codes: codeList }, ruleSet, null);
        for (const bundle of pricing.bundles)
          expect(sum(bundle.units.map((unit) => unit.discountMinor))).toBe(bundle.discountMinor);
        expect(sum(pricing.bundles.map((bundle) => bundle.discountMinor))).toBe(pricing.bundleMinor);
        for (const [index, line] of pricing.lines.entries()) {
          expect(line.subtotalMinor - line.bundleMinor - line.codeMinor).toBe(line.totalMinor);
          expect(line.bundledQuantity).toBeLessThanOrEqual(cartOf.lines[index]?.quantity ?? 0);
          if (cartOf.lines[index]?.giftCard) expect(line.totalMinor).toBe(line.subtotalMinor);
        }
        expect(
          sum(pricing.lines.map((line) => line.totalMinor)) + pricing.shippingMinor - pricing.shippingDiscountMinor,
        ).toBe(pricing.totalMinor);
      }),
      { numRuns: 300 },
    );
  });

  it('does not care about the order of lines or offers', () => {
    fc.assert(
      fc.property(cart(6, 3), offers, codes, rules, (cartOf, bundles, codeList, ruleSet) => {
        const forward = priceCart(cartOf, { bundles, codes: codeList }, ruleSet, null);
        const backward = priceCart(
          { ...cartOf, lines: cartOf.lines.toReversed() },
          { bundles: bundles.toReversed(), codes: codeList.toReversed() },
          ruleSet,
          null,
        );
        expect(backward.totalMinor).toBe(forward.totalMinor);
        expect(backward.bundleMinor + backward.codeMinor).toBe(forward.bundleMinor + forward.codeMinor);
      }),
      { numRuns: 300 },
    );
  });

  it('saves the most that any combination can, wherever it says so', () => {
    fc.assert(
      fc.property(cart(4, 2), offers, rules, (cartOf, bundles, ruleSet) => {
        const pricing = priceCart(cartOf, { bundles, codes: [] }, ruleSet, null);
        const best = bestSaving(cartOf, bundles, ruleSet);
        if (pricing.search === 'exact') expect(pricing.bundleMinor).toBe(best);
        else expect(pricing.bundleMinor).toBeLessThanOrEqual(best);
      }),
      { numRuns: 300 },
    );
  });

  it('never takes a saving away when a unit is added', () => {
    fc.assert(
      fc.property(cart(4, 2), lines(1, 1), offers, rules, (cartOf, added, bundles, ruleSet) => {
        const before = priceCart(cartOf, { bundles, codes: [] }, ruleSet, null);
        const extra = added.map((line) => ({ ...line, id: 'added' }));
        const after = priceCart(
          { ...cartOf, lines: [...cartOf.lines, ...extra] },
          { bundles, codes: [] },
          ruleSet,
          null,
        );
        if (before.search === 'exact' && after.search === 'exact')
          expect(after.bundleMinor).toBeGreaterThanOrEqual(before.bundleMinor);
      }),
      { numRuns: 300 },
    );
  });

  it('is exact for small carts: up to three lines of up to three units under two offers', () => {
    fc.assert(
      fc.property(cart(3, 3), offers, rules, (cartOf, bundles, ruleSet) => {
        expect(priceCart(cartOf, { bundles: bundles.slice(0, 2), codes: [] }, ruleSet, null).search).toBe('exact');
      }),
      { numRuns: 300 },
    );
  });

  it('prices a cart without bundles when the rate cannot be read', () => {
    const pricing = priceCart(
      { currency: 'EUR', shopCurrency: 'USD', rate: 'NaN', shippingMinor: 0, lines: [] },
      { bundles: [], codes: [] },
      {
        combinesWith: { product: true, order: true, shipping: true },
        minMarginBps: 0,
        defaultMarginBps: 0,
        sellingPlans: 'exclude',
      },
      null,
    );
    expect(pricing.reasons).toEqual([{ code: 'rate-unknown', subject: 'NaN' }]);
  });
});
