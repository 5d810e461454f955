import { describe, expect, it } from 'vitest';
import type { Head } from '../serving/head.ts';
import { freshenHead } from './fresh-head.ts';

const head: Head = {
  weights: { trending: 1, popular: 1 },
  customerWeights: {},
  viewed: 0,
  moment: 0,
  baskets: 1_000,
  windows: [10, 40, 160],
  popular: [
    ['first', 90, 0.3, 0.2, 0.1, 0],
    ['second', 50, 0.2, 0.1, 0.1, 0],
    ['third', 40, 0.1, 0.1, 0.1, 0],
  ],
};
const idsOf = ({ popular }: Head) => popular.map(([id]) => id);
const sales = (id: string, share: number, sellable: boolean | null = true) => ({
  id,
  count: 60,
  sold: [share, share, 0.1, 0] as const,
  sellable,
});

describe('what completes every cart', () => {
  it('takes in what sells better by now, and keeps its length', () => {
    expect(idsOf(freshenHead(head, [sales('new', 0.12)]))).toEqual(['first', 'second', 'new']);
    expect(idsOf(freshenHead(head, [sales('third', 0.5)]))).toEqual(['third', 'first', 'second']);
  });

  it.each([
    ['sells too little', [sales('new', 0.01)]],
    ['may not be sold', [sales('new', 0.9, false)]],
    ['is not in the catalogue', [sales('new', 0.9, null)]],
  ])('leaves out what %s', (_, fresh) => {
    expect(freshenHead(head, fresh)).toEqual(head);
  });

  it('is the same however often it hears of the same sales', () => {
    const once = freshenHead(head, [sales('new', 0.15), sales('first', 0.12)]);
    expect(freshenHead(once, [sales('new', 0.15), sales('first', 0.12)])).toEqual(once);
  });
});
