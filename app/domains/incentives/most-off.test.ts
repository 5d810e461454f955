import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formBundles, largerGoods, mostOff, noneOff, noPriceTests, type Offer, type PriceTests } from './index.ts';
import { readConversion } from './rate.ts';
import { allKinds, cart, offersOf, rules } from '#tests/conformance/carts/arbitraries.ts';
import {
  amount,
  breaks,
  buyGet,
  eachFor,
  eachOff,
  fixed,
  freeGift,
  giftFor,
  goals,
  mix,
  orderOff,
  percent,
  together,
} from '#tests/conformance/carts/offers.ts';

const off = (basisPoints: number, minor: number, leftMinor: number | null, units: number) => ({
  basisPoints,
  minor,
  leftMinor,
  units,
});

describe('what offers take off at most', () => {
  it.each<[string, Offer, Record<string, ReturnType<typeof off>>]>([
    [
      'a share of a set',
      fixed('a', percent(1500), ['1', '2*2']),
      { 1: off(1500, 0, null, 3), 2: off(1500, 0, null, 3) },
    ],
    [
      'an amount, shared by its units',
      fixed('a', amount(1000), ['1', '2*2']),
      { 1: off(0, 334, null, 3), 2: off(0, 334, null, 3) },
    ],
    ['any three', mix('a', 3, amount(900), ['1', '2']), { 1: off(0, 300, null, 3), 2: off(0, 300, null, 3) }],
    ['reduced units only', buyGet('a', [2, ['1']], [1, ['2']], percent(5000)), { 2: off(5000, 0, null, 3) }],
    [
      'a price for each',
      breaks(
        'a',
        'product',
        [
          [3, eachFor(700)],
          [5, eachOff(200)],
        ],
        ['1'],
      ),
      { 1: off(0, 200, 700, 3) },
    ],
    ['a gift', giftFor('a', [1, ['1']], ['2'], 1), { 2: off(10_000, 0, null, 2) }],
    ['a pair', together('a', ['1'], ['2'], 1000), { 2: off(1000, 0, null, 2) }],
  ])('%s', (_label, offer, products) => {
    const most = mostOff([offer], noPriceTests);
    expect(Object.fromEntries(most.products)).toEqual(products);
    expect(most.order).toBeNull();
  });

  it('goals take the largest of their tiers off an order, and gifts off themselves', () => {
    const offer = goals('g', [
      [5000, orderOff(percent(500))],
      [8000, freeGift('3')],
      [10_000, orderOff(amount(1500))],
    ]);
    const most = mostOff([offer], noPriceTests);
    expect(most.order).toEqual({ fromMinor: 5000, basisPoints: 500, minor: 1500 });
    expect(most.products.get('3')).toEqual(off(10_000, 0, null, 1));
  });

  it('knows the largest version of a price test, and the largest of several offers', () => {
    const offer = fixed('a', percent(1000), ['1', '2']);
    const arms = [[percent(1000)], [percent(3000)], [amount(400)]].map((values) => ({ share: 3333, values }));
    const tests: PriceTests['tests'] = [{ bundleId: 'a', layer: '', salt: 's', from: 0, to: 10_000, arms }];
    const most = mostOff([offer, mix('b', 2, percent(2000), ['2', '3'])], { tests });
    expect(most.products.get('1')).toEqual(off(3000, 200, null, 2));
    expect(most.products.get('2')).toEqual(off(3000, 200, null, 2));
    expect(most.products.get('3')).toEqual(off(2000, 0, null, 2));
  });

  it('of two publications is the larger, product by product', () => {
    const [a, b] = [
      mostOff([fixed('a', percent(1500), ['1', '2']), goals('g', [[5000, orderOff(percent(500))]])], noPriceTests),
      mostOff([mix('b', 3, amount(900), ['2', '3']), goals('h', [[3000, orderOff(amount(200))]])], noPriceTests),
    ];
    const both = largerGoods(a, b);
    expect(Object.fromEntries(both.products)).toEqual({
      1: off(1500, 0, null, 2),
      2: off(1500, 300, null, 2),
      3: off(0, 300, null, 3),
    });
    expect(both.order).toEqual({ fromMinor: 3000, basisPoints: 500, minor: 200 });
    expect(largerGoods(b, a)).toEqual(both);
    expect(largerGoods(a, noneOff)).toEqual(a);
    expect(largerGoods(noneOff, a)).toEqual(a);
  });

  it('is never less than what bundles and goals take off any cart', () => {
    fc.assert(
      fc.property(cart(5, 4), offersOf(allKinds), rules, (cartOf, offers, ruleSet) => {
        const conversion = readConversion(cartOf.rate, cartOf.shopCurrency, cartOf.currency);
        if (!conversion) return;
        const most = mostOff(offers, noPriceTests);
        const formation = formBundles(cartOf, offers, ruleSet);
        const bound = cartOf.lines.reduce((sum, line) => {
          const known = most.products.get(line.productId);
          if (!known) return sum;
          const share = Math.ceil((line.unitPriceMinor * known.basisPoints) / 10_000);
          const price = known.leftMinor === null ? 0 : line.unitPriceMinor - conversion.nearest(known.leftMinor);
          return sum + line.quantity * (Math.max(share, conversion.nearest(known.minor), price) + 1);
        }, 0);
        const taken = formation.bundles.reduce((sum, bundle) => sum + bundle.discountMinor, 0);
        expect(taken).toBeLessThanOrEqual(bound);
        const total = cartOf.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
        const { order } = most;
        const orderBound = order
          ? Math.max(Math.ceil((total * order.basisPoints) / 10_000), conversion.nearest(order.minor)) + 1
          : 0;
        expect(formation.goals.order?.minor ?? 0).toBeLessThanOrEqual(orderBound);
      }),
    );
  });
});
