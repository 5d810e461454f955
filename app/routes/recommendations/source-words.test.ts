import { describe, expect, it } from 'vitest';
import { mainShares, sourceWords } from './source-words.ts';

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

it('names a source that it does not know', () => {
  expect(sourceWords('new-kind')).toBe('new kind');
});
