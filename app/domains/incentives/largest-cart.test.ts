import { expect, it } from 'vitest';
import { hardestCarts } from '#tests/conformance/carts/hardest.ts';
import { largeCarts } from '#tests/conformance/carts/large.ts';
import { areAllTried, defaultIncentiveRules } from './index.ts';

it('tries everything that 50 offers give to try', () => {
  for (const { cartCase } of largeCarts) expect(areAllTried(cartCase.bundles, cartCase.rules)).toBe(true);
  expect(areAllTried([], defaultIncentiveRules)).toBe(true);
});

it('says so where there is too much to try', () => {
  const crowded = hardestCarts.filter(({ label }) => /boxes of everything|breaks of each of ten/.test(label));
  expect(crowded.map(({ cartCase }) => areAllTried(cartCase.bundles, cartCase.rules))).toEqual([false, false]);
});
