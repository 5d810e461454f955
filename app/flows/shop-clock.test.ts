import { expect, test } from 'vitest';
import { settledSkew } from './shop-clock.ts';

test.each([
  ['about the same', 0, 59_000, 0],
  ['clearly ahead', 0, 61_000.4, 61_000],
  ['clearly behind', 0, -90_000, -90_000],
  ['near the least that counts: stays', 61_000, 55_000, 61_000],
  ['a little less than it, still a difference', 75_000, 45_000, 45_000],
  ['moved by little', 300_000, 290_000, 300_000],
  ['moved', 300_000, 240_000, 240_000],
  ['set right', 300_000, 1_000, 0],
  ['set right although it was near', 45_000, 20_000, 0],
])('%s', (_what, known, seen, settled) => {
  expect(settledSkew(known, seen)).toBe(settled);
});
