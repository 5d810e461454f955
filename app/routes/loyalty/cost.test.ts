import { describe, expect, it } from 'vitest';
import { costOf } from './cost.ts';

const report = {
  customers: 10,
  earners: 10,
  orders: 20,
  spentMinor: 100_000,
  points: 1000,
  ...{ signUpPoints: 0, entryPoints: 0, birthdayPoints: 0, birthdays: 0, freedOrders: 0, shippingMinor: 500 },
  months: {},
  tiers: {},
  withReward: 5,
  worthOfPoint: 3,
  marginBps: 4000,
  taxInPricesBps: 0,
  currency: 'EUR',
  since: '',
};

describe('what a simulated programme costs', () => {
  it('is what the points that are redeemed are worth, and pays with so many more sales', () => {
    const cost = costOf(report, 0.25);
    expect(cost).toMatchObject({ expectedMinor: 2250, worstMinor: 3000, shareOfSales: 0.0225 });
    // Sales of 1 + x earn 0.4 x, and cost 0.0225 (1 + x).
    const more = cost.breakEven ?? 0;
    expect(0.4 * more).toBeCloseTo(0.0225 * (1 + more));
  });

  it('costs less money where prices contain tax, and the same share', () => {
    const cost = costOf({ ...report, taxInPricesBps: 2_500 }, 0.25);
    expect(cost).toMatchObject({ expectedMinor: 1800, worstMinor: 2400, shareOfSales: 0.0225 });
    // Sales of 1 + x without their tax: 0.8 (1 + x), of which 0.4 is profit and 0.0225 given back.
    const more = cost.breakEven ?? 0;
    expect(0.8 * 0.4 * more * 100_000).toBeCloseTo(1800 * (1 + more));
  });

  it('has orders in it that a tier sends free, which nobody forgets to use', () => {
    expect(costOf({ ...report, freedOrders: 4 }, 0.25)).toMatchObject({ expectedMinor: 4250, worstMinor: 5000 });
  });

  it.each([
    ['nothing was sold', { spentMinor: 0, points: 0 }],
    ['the rewards take the whole margin', { marginBps: 200 }],
  ])('never pays where %s', (_case, change) => {
    expect(costOf({ ...report, ...change }, 0).breakEven).toBeNull();
  });
});
