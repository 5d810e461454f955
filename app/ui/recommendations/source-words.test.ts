import { describe, expect, it } from 'vitest';
import { mainShares, sourceWords, suggestionOrigins } from './source-words.ts';

describe('mainShares', () => {
  it('orders by size and gathers what is too small to see', () => {
    expect(mainShares({ popular: 30, together: 968, trending: 1, content: 1 })).toEqual([
      { label: 'Bought in the same order', value: 968 },
      { label: 'Bestsellers', value: 30 },
      { label: 'Other', value: 2 },
    ]);
  });
  it('is empty for nothing', () => {
    expect(mainShares({})).toEqual([]);
  });
});

describe('suggestionOrigins', () => {
  it('gathers sources by what they rest on, and says how much the store itself has taught', () => {
    const origins = suggestionOrigins({ content: 40, together: 20, 'basket-model': 10, taste: 5, popular: 25 });
    expect(origins?.groups.map(({ label, value }) => [label, value])).toEqual([
      ['The products themselves', 40],
      ['Your orders', 30],
      ['Bestsellers', 25],
      ['Your customers', 5],
    ]);
    expect(origins?.learnt).toBe(0.35);
  });
  it('says nothing about nothing', () => {
    expect(suggestionOrigins({})).toBeNull();
  });
});

it('names a source that it does not know', () => {
  expect(sourceWords('new-kind')).toBe('new kind');
});
