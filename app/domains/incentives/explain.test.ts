import { describe, expect, it } from 'vitest';
import {
  breaks,
  fixed,
  freeGift,
  giftFor,
  giftFrom,
  goals,
  line,
  orderOff,
  percent,
} from '#tests/conformance/carts/offers.ts';
import { type CartLine, defaultIncentiveRules, explain, type IncentiveRules, type Offer, priceCart } from './index.ts';
import { matrixOfRow } from './stacking.ts';

function reasonsOf(lines: readonly CartLine[], bundles: readonly Offer[], rules: Partial<IncentiveRules> = {}) {
  const cart = { currency: 'USD', shopCurrency: 'USD', rate: '1.0', shippingMinor: 0, lines };
  const pricing = priceCart(cart, { bundles, codes: [] }, { ...defaultIncentiveRules, ...rules }, null);
  return explain(pricing).map(({ code, subject, text }) => [subject, code, text]);
}
const tenOff = goals('c', [[5000, orderOff(percent(1000))]]);
const pair = fixed('a', percent(2000), ['1', '2']);

describe('why an offer did or did not apply', () => {
  it.each([
    [
      'a tier that is not reached',
      [line('1', 1000, 1)],
      [breaks('q', 'mixed', [[3, percent(1000)]], ['1'])],
      ['q', 'incomplete', 'The cart holds only some of the bundle’s units.'],
    ],
    [
      'what a gift still takes',
      [line('1', 4000, 1)],
      [giftFrom('g', 5000, ['9'])],
      ['g', 'subtotal-missing', 'Goods for 10.00 USD more earn it.'],
    ],
    [
      'a gift that can be taken',
      [line('1', 6000, 1)],
      [giftFrom('g', 5000, ['9'])],
      ['g', 'gift-not-in-cart', 'The gift is earned and can be put into the cart.'],
    ],
    [
      'a gift that costs too much',
      [line('1', 1000, 1, { unitCostMinor: 900 }), line('9', 800, 1, { unitCostMinor: 500 })],
      [giftFor('g', [1, ['1']], ['9'])],
      ['g', 'margin-refused', 'The discount was left out, because the margin is at its minimum already.'],
    ],
    [
      'a goal that is reached',
      [line('1', 6000, 1)],
      [tenOff],
      ['c', 'goal-applied', 'The goal is reached and takes 6.00 USD off.'],
    ],
    ['how far the next goal is', [line('1', 4500, 1)], [tenOff], ['c', 'goal-next', 'The next goal is 5.00 USD away.']],
    [
      'a gift of a goal that is not in the cart',
      [line('1', 6000, 1)],
      [goals('c', [[5000, freeGift('9')]])],
      ['c', 'gift-not-in-cart', 'The gift is earned and can be put into the cart.'],
    ],
  ])('%s', (_why, lines, bundles, reason) => {
    expect(reasonsOf(lines, bundles)).toContainEqual(reason);
  });

  it('a goal that may not stand beside a better set', () => {
    const apart = { combinesWith: matrixOfRow({ product: false, order: false, shipping: false }) };
    const reasons = reasonsOf([line('1', 3000, 1), line('2', 3000, 1)], [pair, tenOff], apart);
    expect(reasons.map(([subject, code]) => [subject, code])).toEqual(
      expect.arrayContaining([
        ['a', 'bundle-applied'],
        ['c', 'class-not-combinable'],
      ]),
    );
  });
});
