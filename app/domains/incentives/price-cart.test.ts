import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allCandidates } from './candidates.ts';
import {
  type Cart,
  defaultIncentiveRules,
  floorOf,
  type IncentiveRules,
  type Offer,
  priceCart,
  takesPart,
} from './index.ts';
import { matchOffer, viewOf } from './match.ts';
import { type Pool, poolUnits } from './pools.ts';
import { readConversion } from './rate.ts';
import { unboundedWork } from './work.ts';
import { allKinds, cart, codes, lines, offersOf, rules, setKinds } from '#tests/conformance/carts/arbitraries.ts';

const offers = offersOf(allKinds);
const sets = offersOf(setKinds);

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

/** The largest saving by trying every sequence of ways to fill an offer: slow and obviously right. */
function bestSaving(cartOf: Cart, list: readonly Offer[], ruleSet: IncentiveRules): number {
  const conversion = readConversion(cartOf.rate, cartOf.shopCurrency, cartOf.currency);
  if (!conversion) throw new Error('the rates of this test are readable');
  const pools = poolUnits(cartOf, ruleSet, conversion, 0);
  const matched = list.flatMap((entry) => matchOffer(entry, viewOf(pools, conversion), unboundedWork()));
  const known = new Map<string, number>();
  function best(counts: readonly number[], times: readonly number[]): number {
    const key = `${counts.join()}/${times.join()}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const left: Pool[] = pools.map((pool, index) => ({ ...pool, count: counts[index] ?? 0 }));
    let found = 0;
    matched.forEach((match, at) => {
      if ((times[at] ?? 0) < 1) return;
      for (const way of allCandidates(match, left, unboundedWork())) {
        const rest = [...counts];
        way.pools.forEach((pool, pick) => (rest[pool] = (rest[pool] ?? 0) - (way.units[pick] ?? 0)));
        const timesLeft = times.map((count, index) => (index === at ? count - 1 : count));
        found = Math.max(found, way.value + best(rest, timesLeft));
      }
    });
    known.set(key, found);
    return found;
  }
  return best(
    pools.map((pool) => pool.count),
    matched.map((match) => Math.min(match.times, 9)),
  );
}

describe('pricing a cart', () => {
  it('never goes below the margin, and never below zero', () => {
    fc.assert(
      fc.property(cart(6, 4), offers, codes, rules, (cartOf, bundles, codeList, ruleSet) => {
        const pricing = priceCart(cartOf, { bundles, codes: codeList }, ruleSet, null);
        const floor = floors(cartOf, ruleSet);
        const byOrder = bundles.filter(
          (offer) => offer.kind === 'cart-goals' || offer.items.every((item) => item.role === 'gift'),
        );
        for (const bundle of pricing.bundles) {
          if (byOrder.some((offer) => offer.id === bundle.offerId)) continue;
          const lowest = sum(bundle.units.map((unit) => unit.quantity * (floor.get(unit.lineId) ?? 0)));
          expect(bundle.discountMinor).toBeGreaterThan(0);
          expect(bundle.priceMinor - bundle.discountMinor).toBeGreaterThanOrEqual(lowest);
        }
        // A gift for the whole order, or a discount off it, leaves the whole order above its floor.
        if (
          pricing.goalMinor > 0 ||
          pricing.bundles.some((bundle) => byOrder.some(({ id }) => id === bundle.offerId))
        ) {
          const counted = cartOf.lines.filter((line) => takesPart(line, ruleSet));
          const paid = sum(
            pricing.lines
              .filter((line) => counted.some(({ id }) => id === line.lineId))
              .map((line) => line.totalMinor + line.codeMinor),
          );
          expect(paid).toBeGreaterThanOrEqual(sum(counted.map((line) => line.quantity * (floor.get(line.id) ?? 0))));
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
          expect(line.subtotalMinor - line.bundleMinor - line.goalMinor - line.codeMinor).toBe(line.totalMinor);
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
        expect(backward.bundleMinor + backward.goalMinor + backward.codeMinor).toBe(
          forward.bundleMinor + forward.goalMinor + forward.codeMinor,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('saves the most that any combination can, wherever it says so', () => {
    fc.assert(
      fc.property(cart(4, 2), sets, rules, (cartOf, bundles, ruleSet) => {
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
      fc.property(cart(4, 2), lines(1, 1), sets, rules, (cartOf, added, bundles, ruleSet) => {
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

  it('is exact for small carts: up to three lines of up to two units under two offers', () => {
    fc.assert(
      fc.property(cart(3, 2), offersOf(['set', 'together-offer', 'gift']), rules, (cartOf, bundles, ruleSet) => {
        expect(priceCart(cartOf, { bundles: bundles.slice(0, 2), codes: [] }, ruleSet, null).search).toBe('exact');
      }),
      { numRuns: 300 },
    );
  });

  it('prices a cart without bundles when the rate cannot be read', () => {
    const pricing = priceCart(
      { currency: 'EUR', shopCurrency: 'USD', rate: 'NaN', shippingMinor: 0, lines: [] },
      { bundles: [], codes: [] },
      defaultIncentiveRules,
      null,
    );
    expect(pricing.reasons).toEqual([{ code: 'rate-unknown', subject: 'NaN' }]);
  });
});
