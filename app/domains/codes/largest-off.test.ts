import { describe, expect, it } from 'vitest';
import { noOwnCodes } from '#app/domains/incentives/index.ts';
import { type CodeTerms, largestOff } from './index.ts';

const open = { minSubtotalMinor: null, productIds: null };
const amount = (minor: number): CodeTerms => ({ type: 'amount', minor, ...open });
const share = (basisPoints: number, mostMinor?: number): CodeTerms => ({
  ...{ type: 'percentage', basisPoints, ...open },
  ...(mostMinor === undefined ? {} : { mostMinor }),
});
const gift: CodeTerms = { type: 'free-product', productId: '7', variantId: null, ...open };
const parcel: CodeTerms = { type: 'free-shipping', ...open };
const priceOf = ({ productId }: { readonly productId: string }): number => (productId === '7' ? 1990 : 0);

describe('what any of some codes takes off goods at most', () => {
  it.each<[why: string, terms: readonly CodeTerms[], expected: ReturnType<typeof largestOff>]>([
    ['no code', [], noOwnCodes],
    ['shipping is no goods', [parcel], noOwnCodes],
    ['the largest amount', [amount(500), amount(2000), amount(100)], { ...noOwnCodes, minor: 2000 }],
    ['the largest share', [share(500), share(1500)], { ...noOwnCodes, basisPoints: 1500 }],
    ['a product for nothing is its price', [gift, amount(500)], { ...noOwnCodes, minor: 1990 }],
    ['a product that is gone is in no cart', [{ ...gift, productId: '8' }], noOwnCodes],
    ['a share that has a bound', [share(2000, 800)], { ...noOwnCodes, bounded: { basisPoints: 2000, minor: 800 } }],
    [
      'of two with a bound the larger share up to the larger bound',
      [share(2000, 800), share(1000, 3000), share(500)],
      { basisPoints: 500, minor: 0, bounded: { basisPoints: 2000, minor: 3000 } },
    ],
    ['from a subtotal on or not', [{ ...amount(900), minSubtotalMinor: 9000 }], { ...noOwnCodes, minor: 900 }],
  ])('%s', (_why, terms, expected) => {
    expect(largestOff(terms, priceOf)).toEqual(expected);
  });
});
