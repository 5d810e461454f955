import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allKinds, cart, offersOf, rules } from '#tests/conformance/carts/arbitraries.ts';
import {
  box,
  breaks,
  buyGet,
  fixed,
  giftFor,
  giftFrom,
  goals,
  line,
  mix,
  orderOff,
  percent,
  together,
} from '#tests/conformance/carts/offers.ts';
import {
  type Cart,
  type CartLine,
  defaultIncentiveRules,
  dormantReason,
  floorOf,
  type Offer,
  priceCart,
} from './index.ts';

function cartOf(lines: readonly CartLine[], more: Partial<Cart> = {}): Cart {
  return { currency: 'USD', shopCurrency: 'USD', rate: '1.0', shippingMinor: 0, lines, ...more };
}
const priced = (lines: readonly CartLine[], bundles: readonly Offer[], more: Partial<Cart> = {}) =>
  priceCart(cartOf(lines, more), { bundles, codes: [] }, defaultIncentiveRules, null);

describe('offers that make no sense', () => {
  it.each([
    ['a gift bought by itself', [giftFor('a', [1, ['1']], ['1'], 5)], 1],
    ['a product suggested to itself', [together('a', ['1'], ['1'], 10_000)], 1],
    ['a circle of three', [buyGet('a', [1, ['1']], [1, ['2']], percent(10_000)), buyGet('b', [1, ['2']], [1, ['3']], percent(10_000)), buyGet('c', [1, ['3']], [1, ['1']], percent(10_000))], 1], // prettier-ignore
  ])('%s: one unit never earns itself', (_what, bundles, quantity) => {
    const pricing = priced([line('1', 1000, quantity)], bundles);
    expect(pricing.totalMinor).toBe(1000);
  });

  it('a set that lists a product twice asks for both units', () => {
    const offer = fixed('a', percent(1000), ['1', '1/10']);
    expect(priced([line('1', 1000, 1)], [offer]).bundleMinor).toBe(0);
    expect(priced([line('1', 1000, 2)], [offer]).bundleMinor).toBe(200);
  });

  it.each([
    ['a box without items', box('a', [2, 3], [[2, percent(1000)]], [])],
    ['a box without tiers', box('a', [2, 3], [], ['1'])],
    ['a box whose largest is below its smallest', box('a', [3, 1], [[3, percent(1000)]], ['1'])],
    ['a box of nothing', box('a', [0, 0], [[0, percent(1000)]], ['1'])],
    ['breaks without tiers', breaks('a', 'mixed', [], ['1'])],
    ['goals without tiers', goals('a', [])],
    ['a deal that never is', buyGet('a', [1, ['1']], [1, ['1']], percent(1000), 0)],
    ['a gift of nothing', giftFrom('a', 100, [])],
  ])('%s takes nothing off', (_what, offer) => {
    expect(priced([line('1', 1000, 3)], [offer]).totalMinor).toBe(3000);
  });

  it('never throw and never cost the shopper more, whatever they are', () => {
    fc.assert(
      fc.property(
        cart(4, 3),
        offersOf(allKinds, 4),
        rules,
        fc.constantFrom('1', '0', 'x', '-1', '9'.repeat(13)),
        (cartOf, bundles, ruleSet, rate) => {
          const pricing = priceCart({ ...cartOf, rate }, { bundles, codes: [] }, ruleSet, null);
          expect(pricing.totalMinor).toBeLessThanOrEqual(pricing.subtotalMinor + pricing.shippingMinor);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a cart of 500 lines, the most that a store takes', () => {
  const lines = Array.from({ length: 500 }, (_, at) => {
    const [price, cost] = [500 + ((at * 37) % 4000), at % 3 === 0 ? null : 200 + ((at * 37) % 4000)];
    return line(String(at % 120), price, 1 + (at % 4), { id: `line ${String(at)}`, unitCostMinor: cost });
  });
  const ids = (from: number, count: number) => Array.from({ length: count }, (_, at) => String((from + at) % 120));
  const bundles = Array.from({ length: 10 }, (_, at) => [
    fixed(`f${String(at)}`, percent(2000), ids(at * 11, 3)),
    mix(`m${String(at)}`, 4, percent(1500), ids(at * 7, 30)),
    breaks(`q${String(at)}`, 'mixed', [[3, percent(500)], [12, percent(3000)]], ids(at * 5, 20)), // prettier-ignore
    buyGet(`g${String(at)}`, [2, ids(at * 3, 10)], [1, ids(at * 3 + 10, 10)], percent(10_000)),
  ]).flat();

  it('is priced with each bundle and the whole above their floors, and the same each time', () => {
    const pricing = priced(lines, [...bundles, goals('c', [[50_000, orderOff(percent(1000))]])]);
    expect(pricing.bundleMinor).toBeGreaterThan(0);
    const again = priced(lines, [...bundles, goals('c', [[50_000, orderOff(percent(1000))]])]);
    expect(again).toEqual(pricing);
    const floorOfLine = ({ unitPriceMinor, unitCostMinor }: CartLine) =>
      floorOf(unitPriceMinor, unitCostMinor, defaultIncentiveRules);
    const byId = new Map(lines.map((each) => [each.id, each]));
    for (const { units, priceMinor, discountMinor } of pricing.bundles) {
      const floor = units.reduce((sum, unit) => {
        const own = byId.get(unit.lineId);
        return sum + (own ? floorOfLine(own) * unit.quantity : Infinity);
      }, 0);
      expect(priceMinor - discountMinor).toBeGreaterThanOrEqual(floor);
    }
    // What is in no bundle costs its price, also where that is below the floor already.
    const lowest = lines.reduce(
      (sum, each) => sum + Math.min(each.unitPriceMinor, floorOfLine(each)) * each.quantity,
      0,
    );
    expect(pricing.totalMinor).toBeGreaterThanOrEqual(lowest);
    const lineSum = pricing.lines.reduce((sum, each) => sum + each.totalMinor, 0);
    expect(pricing.totalMinor).toBe(lineSum + pricing.shippingMinor);
  });
});

describe('a currency that is switched in the middle', () => {
  const bundles = [goals('c', [[5000, orderOff(percent(1000))]])];
  it.each([
    ['USD', '1.0', 5000, 500],
    ['EUR', '0.9213', 4607, 461],
    ['JPY', '149.55', 7478, 748],
    ['KWD', '0.307', 15_350, 1535],
  ])('%s at %s: the same goal is reached by the same worth', (currency, rate, price, off) => {
    expect(priced([line('1', price, 1)], bundles, { currency, rate }).goalMinor).toBe(off);
    expect(priced([line('1', price - 1, 1)], bundles, { currency, rate }).goals[0]?.nextGoal?.missingMinor).toBe(1);
  });

  it('gives nothing and says so while the rate cannot be read', () => {
    const pricing = priced([line('1', 9000, 1)], bundles, { currency: 'EUR', rate: '' });
    expect(pricing.goalMinor).toBe(0);
    expect(pricing.reasons).toContainEqual({ code: 'rate-unknown', subject: '' });
  });
});

describe('dates over the hour that comes twice', () => {
  // Berlin leaves summer time on 25 October 2026 at 3:00: 2:30 is there twice, an hour apart.
  const firstHalfPastTwo = '2026-10-25T02:30:00+02:00';
  const secondHalfPastTwo = '2026-10-25T02:30:00+01:00';
  it.each([
    [firstHalfPastTwo, '2026-10-25T00:29:59.999Z', null],
    [firstHalfPastTwo, '2026-10-25T00:30:00Z', 'expired'],
    [secondHalfPastTwo, '2026-10-25T01:29:59.999Z', null],
    [secondHalfPastTwo, '2026-10-25T01:30:00Z', 'expired'],
  ])('an offer that ends at %s, seen at %s: %s', (endsAt, now, reason) => {
    expect(dormantReason({ startsAt: null, endsAt }, new Date(now))).toBe(reason);
  });

  it('starts at the same instant in every time zone', () => {
    for (const startsAt of ['2026-03-29T03:30:00+02:00', '2026-03-29T01:30:00Z', '2026-03-28T15:30:00-10:00']) {
      expect(dormantReason({ startsAt, endsAt: null }, new Date('2026-03-29T01:29:59Z'))).toBe('not-started');
      expect(dormantReason({ startsAt, endsAt: null }, new Date('2026-03-29T01:30:00Z'))).toBeNull();
    }
  });
});
