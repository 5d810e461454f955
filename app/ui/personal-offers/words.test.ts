import { expect, it } from 'vitest';
import type { SkipReason, Trigger } from '#app/domains/personal-offers/index.ts';
import { goneSegments, segmentNames } from './segment-names.ts';
import { whomWords, whyWords } from './words.ts';

const choices = [
  { ref: 'champions', name: null },
  { ref: 'b1ffcd00-ad1c-4ef9-8b77-7cc0ce491b22', name: 'Bought once' },
] as const;
const [champions, once, gone] = [choices[0].ref, choices[1].ref, 'a0000000-0000-4000-8000-000000000000'];

it.each<[Trigger, readonly string[], string]>([
  [{ type: 'birthday' }, [], 'Birthday'],
  [{ type: 'birthday' }, [champions], 'Birthday; only who is in Champions'],
  [
    { type: 'viewed', times: 3, days: 7 },
    [once, champions],
    'Looked at a product 3 times in 7 days; only who is in Bought once or Champions',
  ],
  [
    { type: 'order', nth: null, minTotalMinor: null },
    [gone],
    'After each order; only who is in a segment that is gone',
  ],
  [{ type: 'segment', segments: [champions], present: true }, [once], 'Champions; only who is in Bought once'],
])('%j among %j', (trigger, among, words) => {
  expect(whomWords({ trigger, among: [...among] }, segmentNames(choices))).toBe(words);
});

it('names what is gone, once', () => {
  expect(goneSegments(choices, [champions, gone, once, gone])).toEqual([gone]);
  expect(goneSegments(choices, [])).toEqual([]);
});

it('every reason for which nothing was given has a sentence of its own', () => {
  const reasons = {
    ...{ 'own-limit': 1, 'limit-of-all': 1, budget: 1, over: 1, 'no-product': 1, 'not-among': 1 },
  } satisfies Record<SkipReason, 1>;
  const words = Object.keys(reasons).map((reason) =>
    whyWords({ state: 'skipped', reason, size: null, bookedMinor: null, gift: 'percentage' }, 'EUR'),
  );
  expect(new Set(words).size).toBe(words.length);
  expect(words).not.toContain(
    whyWords({ state: 'skipped', reason: null, size: null, bookedMinor: null, gift: 'amount' }, ''),
  );
});
