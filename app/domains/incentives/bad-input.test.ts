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
  orderOff,
  percent,
  together,
} from '#tests/conformance/carts/offers.ts';
import { type Cart, type CartLine, defaultIncentiveRules, dormantReason, type Offer, priceCart } from './index.ts';

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
