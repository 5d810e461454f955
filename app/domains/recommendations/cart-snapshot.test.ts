import { describe, expect, it } from 'vitest';
import { makeSnapshot, rankForCart } from './cart-snapshot.ts';
import type { Suggestion } from './model.ts';

const one = (productId: string, score: number, support = 3): Suggestion => ({
  productId,
  score,
  source: 'together',
  reason: { support, lift: 2, because: null },
});
const snapshot = makeSnapshot(
  1,
  [
    { subjectId: 'a', suggestions: [one('x', 5), one('y', 4.5), one('b', 4)] },
    { subjectId: 'b', suggestions: [one('y', 2), one('a', 1.5), one('sold', 1)] },
    { subjectId: 'empty', suggestions: [] },
  ],
  [one('p', 9), one('a', 8), one('q', 7)],
  ['a', 'b', 'x', 'y', 'p', 'q'],
  0,
);
const ids = (cart: string[], limit = 9) => rankForCart(snapshot, cart, limit).map((each) => each.productId);

describe('a cart answered from the snapshot', () => {
  it.each([
    ['one product: its list, then what is popular', ['a'], ['x', 'y', 'b', 'p', 'q']],
    ['two products: what both ask for comes first', ['a', 'b'], ['y', 'x', 'p', 'q']],
    ['the same product twice changes nothing', ['a', 'a'], ['x', 'y', 'b', 'p', 'q']],
    ['a product without a list', ['empty'], ['p', 'a', 'q']],
    ['an unknown product', ['nowhere'], ['p', 'a', 'q']],
    ['an empty cart', [], ['p', 'a', 'q']],
  ])('%s', (_, cart, expected) => {
    expect(ids(cart)).toEqual(expected);
  });

  it('keeps to the limit', () => {
    expect(ids(['a'], 2)).toEqual(['x', 'y']);
  });

  it('names the product that asked', () => {
    expect(rankForCart(snapshot, ['a'], 1)[0]?.reason).toEqual({ support: 3, lift: 2, because: 'a' });
  });
});
