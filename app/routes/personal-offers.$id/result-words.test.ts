import { expect, it } from 'vitest';
import { audienceWords, resultBasis } from './result-words.ts';

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
  const words = resultBasis(reading, 'May 1, 2026', { gift, among: false });
  expect(words).toMatch(/^Profit per customer who met the trigger since May 1, 2026,/);
  expect(words.endsWith(end)).toBe(true);
});

it('the numbers speak of those alone whom the offer is for', () => {
  expect(resultBasis(reading, 'May 1, 2026', { gift: 'amount', among: true })).toMatch(
    /^Profit per customer who met the trigger and was in one of the segments since May 1, 2026,/,
  );
});

it.each<[Parameters<typeof audienceWords>[0], string]>([
  [{ customers: 1, span: 'now', among: false }, '1 customer meets this now.'],
  [{ customers: 2, span: 'now', among: true }, '2 customers meet this now and are in one of the segments.'],
  [
    { customers: 1, span: 'month', among: true },
    '1 customer met this in the past 30 days and is in one of the segments now.',
  ],
  [{ customers: 3, span: 'month', among: false }, '3 customers met this in the past 30 days.'],
  [
    { customers: 0, span: 'next-month', among: true },
    '0 customers will meet this in the next 30 days and are in one of the segments now.',
  ],
])('whom it reaches: %j', (audience, words) => {
  expect(audienceWords(audience)).toBe(words);
});
