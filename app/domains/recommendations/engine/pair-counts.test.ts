import { describe, expect, it } from 'vitest';
import { countPairs, pairKey, type PairCounts } from './pair-counts.ts';

const items = 100;

function of(pairs: PairCounts, item: number) {
  const found: number[][] = [];
  pairs.neighbours().visit(item, (other, weight, visitors) => found.push([other, weight, visitors]));
  return found;
}

/** How many pairs there are in all: each is met from both sides. */
const held = (pairs: PairCounts): number =>
  Array.from({ length: items }, (_, item) => of(pairs, item).length).reduce((sum, one) => sum + one, 0) / 2;

describe('pairs of what is looked at', () => {
  it('are met from both sides, in the order in which they came, with weight and visitors', () => {
    const pairs = countPairs(items, 50);
    for (const [one, other, weight] of [
      [3, 9, 0.5],
      [1, 3, 1],
      [3, 9, 0.25],
    ] as const)
      pairs.add(pairKey(one, other, items), weight);
    expect(of(pairs, 3)).toEqual([
      [9, 0.75, 2],
      [1, 1, 1],
    ]);
    expect(of(pairs, 9)).toEqual([[3, 0.75, 2]]);
    expect(of(pairs, 4)).toEqual([]);
  });

  it('are never more than may be: those of one visitor make room', () => {
    const pairs = countPairs(items, 50);
    for (const weight of [1, 2]) pairs.add(pairKey(0, 1, items), weight);
    for (let one = 1; one < items; one += 1)
      for (let other = one + 1; other < items; other += 1) {
        pairs.add(pairKey(one, other, items), 1);
        if (other === items - 1 && one % 10 === 1) expect(held(pairs)).toBeLessThanOrEqual(50);
      }
    expect(of(pairs, 0)).toEqual([[1, 3, 2]]);
    expect(of(pairs, 98)).toContainEqual([99, 1, 1]);
  });

  it('go on counting where no room can be made, and no new one comes', () => {
    const pairs = countPairs(items, 50);
    for (const weight of [1, 2])
      for (let other = 1; other <= 50; other += 1) pairs.add(pairKey(0, other, items), weight);
    pairs.add(pairKey(7, 8, items), 1);
    pairs.add(pairKey(0, 1, items), 4);
    expect(held(pairs)).toBe(50);
    expect(of(pairs, 1)).toEqual([[0, 7, 3]]);
    expect(of(pairs, 7)).toEqual([[0, 3, 2]]);
  });
});
