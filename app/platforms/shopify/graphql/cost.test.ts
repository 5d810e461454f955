import { expect, test } from 'vitest';
import { backoff, pointsAt, waitFor } from './cost.ts';

const bucket = { available: 20, maximum: 2000, restoreRate: 100, at: 1_000 };

test.each([
  ['enough points: no wait', 20, 1_000, 0],
  ['50 missing at 100 a second: half a second', 70, 1_000, 500],
  ['refilled meanwhile: no wait', 70, 1_500, 0],
  ['more than the bucket holds: wait for a full one, Shopify will say what is wrong', 5_000, 1_000, 19_800],
])('%s', (_name, cost, now, expected) => {
  expect(waitFor(cost, bucket, now)).toBe(expected);
});

test('a bucket never holds more than its maximum', () => {
  expect(pointsAt(bucket, 10_000_000)).toBe(2000);
});

test('pauses grow and stay bounded', () => {
  expect([1, 2, 3, 10].map((attempt) => backoff(attempt, 1))).toEqual([250, 500, 1000, 8000]);
  expect(backoff(1, 0)).toBe(125);
});
