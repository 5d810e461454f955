import { expect, it } from 'vitest';
import { resultBasis } from './result-words.ts';

const reading = {
  status: 'not-enough-data',
  visitorsNeeded: null,
  holdoutBps: 1_000,
  assumedShare: 0,
} as Parameters<typeof resultBasis>[0];

it.each([
  ['percentage', 'whether they used the code or not.'],
  ['free-product', 'whether they used the code or not.'],
  ['early-access', 'whether they bought the products or not.'],
] as const)('%s: the numbers speak of what was given', (gift, end) => {
  const words = resultBasis(reading, 'May 1, 2026', gift);
  expect(words).toMatch(/^Profit per customer who met the trigger since May 1, 2026,/);
  expect(words.endsWith(end)).toBe(true);
});
