import { describe, expect, it } from 'vitest';
import { discountWords, promiseOf, promisedSaving } from './promise.ts';

describe('promiseOf', () => {
  const discount = { type: 'percentage', basisPoints: 950 } as const;
  it.each([
    ['all of it', { promised: discount, warnings: [] }, { state: 'whole' }],
    ['less', { promised: discount, warnings: ['below-margin'] }, { state: 'reduced', discount }],
    ['nothing', { promised: null, warnings: ['below-margin', 'no-saving'] }, { state: 'none' }],
    ['products that are gone', { promised: null, warnings: ['unknown-product'] }, { state: 'whole' }],
  ] as const)('%s', (_name, preview, promise) => {
    expect(promiseOf(preview)).toEqual(promise);
  });
});

it('writes a discount', () => {
  expect([
    discountWords({ type: 'percentage', basisPoints: 950 }, 'USD'),
    discountWords({ type: 'amount', minor: 400 }, 'USD'),
  ]).toEqual(['9.5%', '$4.00']);
});

it.each([
  ['a percentage, rounded to the minor unit', { type: 'percentage', basisPoints: 1250 }, 1999, 250],
  ['an amount, never more than the price', { type: 'amount', minor: 500 }, 300, 300],
  ['nothing', null, 300, 0],
] as const)('saves %s', (_name, promised, price, saving) => {
  expect(promisedSaving(promised, price)).toBe(saving);
});
