import { describe, expect, it } from 'vitest';
import { costOf } from './cost.ts';

const report = {
  customers: 10,
  earners: 10,
  orders: 20,
  spentMinor: 100_000,
  points: 1000,
  months: {},
  tiers: {},
  withReward: 5,
  worthOfPoint: 3,
  marginBps: 4000,
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

  it.each([
    ['nothing was sold', { spentMinor: 0, points: 0 }],
    ['the rewards take the whole margin', { marginBps: 200 }],
  ])('never pays where %s', (_case, change) => {
    expect(costOf({ ...report, ...change }, 0).breakEven).toBeNull();
  });
});
