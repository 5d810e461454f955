import { describe, expect, it } from 'vitest';
import type { Reward } from '../rewards/registry.ts';
import { expectedRedemption, worthOfPoint } from './worth.ts';

const worth = {
  averageOrderMinor: 6_000,
  shippingMinor: 600,
  priceOf: (id: string) => (id === 'mug' ? 900 : null),
};
const base = { id: 'r', on: true, title: 'Reward', validDays: 90 } as const;
const amount: Reward = { ...base, kind: 'amount', cost: 100, minor: 500, minSubtotalMinor: null };

describe('what a point is worth', () => {
  it.each<[string, Reward[], number]>([
    ['that of the amount', [amount], 5],
    ['that of the best reward', [amount, { ...amount, id: 's', cost: 50, minor: 300 }], 6],
    ['a reward that is off does not count', [amount, { ...amount, id: 's', on: false, minor: 9_900 }], 5],
    [
      'a share of the usual order',
      [{ ...base, kind: 'percentage', cost: 100, basisPoints: 1_000, minSubtotalMinor: null }],
      6,
    ],
    [
      'a share of what must at least be bought',
      [{ ...base, kind: 'percentage', cost: 100, basisPoints: 1_000, minSubtotalMinor: 10_000 }],
      10,
    ],
    ['what sending costs', [{ ...base, kind: 'free-shipping', cost: 200, minSubtotalMinor: null }], 3],
    ['a gift card', [{ ...base, kind: 'gift-card', cost: 1_000, minor: 1_000 }], 1],
    ['nothing without rewards', [], 0],
  ])('%s', (_case, rewards, expected) => {
    expect(worthOfPoint({ rewards }, worth)).toBe(expected);
  });
});

describe('which share will be redeemed', () => {
  it.each<[string, Parameters<typeof expectedRedemption>[0], number]>([
    ['70 % as long as nothing is old enough', { issued: 0, redeemed: 0, cheapest: 100 }, 0.7],
    ['drawn towards 70 % while there is little', { issued: 10_000, redeemed: 0, cheapest: 100 }, 0.35],
    ['the shop’s own share once there is much', { issued: 99_990_000, redeemed: 24_997_500, cheapest: 100 }, 0.25],
    ['never more than all', { issued: 90_000, redeemed: 999_999, cheapest: 100 }, 0.97],
    ['none without a reward', { issued: 5_000, redeemed: 100, cheapest: null }, 0],
  ])('%s', (_case, redeemed, expected) => {
    expect(expectedRedemption(redeemed)).toBeCloseTo(expected, 3);
  });
});
