import { describe, expect, it } from 'vitest';
import { defaultIncentiveRules, type Offer } from './model.ts';
import { priceCart } from './price-cart.ts';
import { priceShareOf } from './price-share.ts';

/** Lines of 9.99 and 19.99 that cost 4.00 each. */
const prices: Readonly<Record<string, number>> = { '1': 999, '2': 1999 };
const lines = (quantities: Readonly<Record<string, number>>) =>
  Object.entries(quantities).map(([id, quantity]) => ({
    ...{ id, productId: id, variantId: id, quantity, unitPriceMinor: prices[id] ?? 0, unitCostMinor: 400 },
    ...{ giftCard: false, sellingPlan: false },
  }));
const head = { id: 'o', title: '', startsAt: null, endsAt: null };
const item = (productId: string, role: 'part' | 'buy' | 'get' | 'gift' = 'part') => ({
  ...{ productId, variantId: null, quantity: 1, role },
});
const share = (basisPoints: number) => ({ type: 'percentage', basisPoints }) as const;
const set = (discount: { type: 'percentage'; basisPoints: number } | { type: 'amount'; minor: number }): Offer => ({
  ...{ ...head, kind: 'fixed', pickCount: 0, items: [item('1'), item('2')], discount },
});
const buyGet: Offer = {
  ...{ ...head, kind: 'buy-x-get-y', items: [item('2', 'buy'), item('1', 'get')] },
  terms: { buyUnits: 1, getUnits: 1, value: share(5000), timesPerOrder: 1 },
};
const gift: Offer = {
  ...{ ...head, kind: 'gift', items: [item('2', 'buy'), item('1', 'gift')] },
  terms: { trigger: { type: 'buy', units: 1 }, timesPerOrder: 1 },
};
const box: Offer = {
  ...{ ...head, kind: 'build-a-box', items: [item('1'), item('2')] },
  terms: {
    minUnits: 2,
    maxUnits: 3,
    tiers: [
      { units: 2, discount: share(1000) },
      { units: 3, discount: share(1500) },
    ],
  },
};
const both = [
  { lineId: '2', quantity: 1 },
  { lineId: '1', quantity: 1 },
];

describe('what comes off as a share of prices', () => {
  it.each<[string, Offer, Readonly<Record<string, number>>, object | null]>([
    ['of a set', set(share(1500)), { '1': 1, '2': 1 }, { basisPoints: 1500, times: 1 }],
    ['of two sets', set(share(1500)), { '1': 2, '2': 2 }, { basisPoints: 1500, times: 2 }],
    ['not where it is an amount', set({ type: 'amount', minor: 300 }), { '1': 1, '2': 1 }, null],
    ['not what the guard has made smaller', set(share(9000)), { '1': 1, '2': 1 }, null],
    ['of the reduced units alone', buyGet, { '1': 1, '2': 1 }, { basisPoints: 5000, units: both.slice(1) }],
    ['of a gift all', gift, { '1': 1, '2': 1 }, { basisPoints: 10_000, units: both.slice(1) }],
    ['of the tier that is reached', box, { '1': 1, '2': 2 }, { basisPoints: 1500, times: 1 }],
  ])('%s', (_, offer, quantities, expected) => {
    const cart = { currency: 'EUR', shopCurrency: 'EUR', rate: '1.0', shippingMinor: 0, lines: lines(quantities) };
    const [formed] = priceCart(cart, { bundles: [offer], codes: [] }, defaultIncentiveRules, null).bundles;
    if (!formed) throw new Error('nothing was formed');
    const found = priceShareOf(formed, offer, (id) => prices[id] ?? 0);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });
});
