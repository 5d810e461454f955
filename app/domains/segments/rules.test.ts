import { describe, expect, it } from 'vitest';
import { groups, scores } from './model.ts';
import { confidenceOf, groupGrid, groupOf, valueOf } from './rules.ts';

describe('groups of customers', () => {
  it('leave no customer without one, and none of the eleven without a place', () => {
    expect(groupGrid.length).toBe(25);
    expect(new Set(groupGrid)).toEqual(new Set(groups));
    for (const recency of scores)
      for (const value of scores) expect(groupGrid[(recency - 1) * 5 + value - 1]).toBe(groupOf(recency, value));
  });

  it.each([
    ['bought just now, often and much', 5, 5, 5, 'champions'],
    ['bought just now for the first time', 5, 1, 1, 'new'],
    ['bought often once, and not for long', 1, 5, 5, 'cannot-lose'],
    ['bought once, long ago', 1, 1, 1, 'lost'],
    ['bought now and then, long ago', 1, 2, 2, 'hibernating'],
    ['half a score counts up', 4, 4, 5, 'champions'],
  ] as const)('%s', (_what, recency, frequency, money, group) => {
    expect(groupOf(recency, valueOf(frequency, money))).toBe(group);
  });

  it('are rough under fifty buyers, however sure they look', () => {
    expect([confidenceOf(49, 49), confidenceOf(50, 49), confidenceOf(50, 35), confidenceOf(50, 20)]).toEqual([
      'rough',
      'good',
      'fair',
      'rough',
    ]);
    expect(confidenceOf(0, 0)).toBe('rough');
  });
});
