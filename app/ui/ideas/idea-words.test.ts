import { expect, it } from 'vitest';
import type { BesideGift } from '#app/domains/bundle-ideas/index.ts';
import { stackWords, worstWords } from './idea-words.ts';

const gift = (source: BesideGift['source']): BesideGift => ({
  source,
  title: 'One',
  class: 'order',
  gives: { type: 'percentage', basisPoints: 1_000 },
  fromMinor: 0,
});
const words = (codesKnown: boolean, ...sources: BesideGift['source'][]): string =>
  stackWords({ codesKnown, gifts: sources.map(gift) });

it.each([
  [true, [], 'Your store has no code of its own for these products.'],
  [false, [], 'Of your store’s own codes nothing is known yet, so the largest code below is assumed.'],
  [true, ['store-code'], /^Of the codes of your store, the worst case takes the largest[^.]+\.$/],
  [true, ['reward', 'tier'], /^Of the rewards of your loyalty programme and what its tiers bring, .+ no code .+\.$/],
  [
    false,
    ['store-code', 'reward', 'offer'],
    /^Of the codes of your store, the rewards of your loyalty programme and your personal offers, .+ is assumed\.$/,
  ],
  [true, ['store-code', 'referral'], /^Of the codes of your store and the codes for recommending, [^.]+\.$/],
  [true, ['store-code', 'goal'], /^Of the codes of your store and your cart goals, [^.]+\.$/],
] as const)('says what a worst case was made of: %s %j', (codesKnown, sources, expected) => {
  expect(words(codesKnown, ...sources)).toEqual(
    typeof expected === 'string' ? expected : (expect.stringMatching(expected) as unknown),
  );
});

it.each([
  [gift('goal'), 'the cart goal “One”'],
  [{ ...gift('goal'), class: 'shipping' as const }, 'free shipping (the cart goal “One”)'],
  [
    { ...gift('goal'), gives: { type: 'free-product' as const, priceMinor: 500, costMinor: null } },
    'the gift of “One”',
  ],
])('names a goal that stands beside the bundle: %o', (part, expected) => {
  const worst = { marginBps: 1_000, refusal: null, with: [part] };
  expect(worstWords(worst, 'EUR')).toBe(`the bundle’s discount and ${expected}`);
});
