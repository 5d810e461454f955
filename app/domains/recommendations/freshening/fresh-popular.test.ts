import { describe, expect, it } from 'vitest';
import { popularLength } from '../engine/popular-list.ts';
import type { Suggestion } from '../model.ts';
import { type FreshSales, freshenPopular } from './fresh-popular.ts';

const one = (productId: string, score: number, support = 10): Suggestion => ({
  ...{ productId, score, source: 'popular', reason: { support, lift: 1, because: null } },
});
const list = [one('first', 0.5, 90), one('second', 0.3, 50), one('third', 0.2, 40)];
const sales = (id: string, week: number, month: number, sellable: boolean | null = true): FreshSales => ({
  ...{ id, count: 60, sold: [week, month, 0.9, 0.9], sellable },
});
const idsOf = (of: readonly Suggestion[]) => of.map(({ productId }) => productId);

describe('what is popular after new orders', () => {
  it.each([
    ['what sells better moves up', [sales('third', 0.2, 0.2)], ['first', 'third', 'second']],
    ['what sells less moves down', [sales('first', 0.05, 0.05)], ['second', 'third', 'first']],
    ['a new product comes in where it belongs', [sales('new', 0.15, 0.1)], ['first', 'second', 'new', 'third']],
    ['of equals the one that sold more often leads', [sales('new', 0.15, 0.15)], ['first', 'new', 'second', 'third']],
    ['what cannot be sold stays out', [sales('new', 0.9, 0.9, false)], ['first', 'second', 'third']],
    ['so does what the catalogue does not know', [sales('new', 0.9, 0.9, null)], ['first', 'second', 'third']],
    ['what is sold out keeps its place', [sales('third', 0.2, 0.2, false)], ['first', 'third', 'second']],
    ['nothing new changes nothing', [], ['first', 'second', 'third']],
  ] as const)('%s', (_, fresh, expected) => {
    expect(idsOf(freshenPopular(list, fresh))).toEqual(expected);
  });

  it('says the week’s and the month’s share and the baskets, as the training does', () => {
    expect(freshenPopular([], [sales('new', 0.123_44, 0.2)])).toEqual([one('new', 0.3234, 60)]);
  });

  it('is the same however often it hears of the same sales', () => {
    const fresh = [sales('new', 0.15, 0.1), sales('first', 0.05, 0.05)];
    const once = freshenPopular(list, fresh);
    expect(freshenPopular(once, fresh)).toEqual(once);
  });

  it('holds no more than a training stores', () => {
    const many = Array.from({ length: popularLength }, (_, at) => one(`p${String(at)}`, 1 - at / 100));
    const fresh = freshenPopular(many, [sales('new', 0.9, 0.9)]);
    expect([fresh.length, fresh[0]?.productId]).toEqual([popularLength, 'new']);
  });
});
