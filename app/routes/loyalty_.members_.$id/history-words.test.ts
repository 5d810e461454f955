import { describe, expect, it } from 'vitest';
import type { HistoryRow } from '#app/domains/loyalty/index.ts';
import { historyWords } from './history-words.ts';

const row = (change: Partial<HistoryRow>): HistoryRow => ({
  id: 1,
  at: new Date(0),
  operation: 'earn',
  about: 'order',
  aboutId: '17',
  kind: null,
  points: 1,
  available: 1,
  ...change,
});

describe('what moved points', () => {
  it.each<[Partial<HistoryRow>, string]>([
    [{}, 'Order 17'],
    [{ operation: 'take-back' }, 'Order 17: taken back'],
    [{ operation: 'vest', about: 'lot' }, 'Points became available'],
    [{ operation: 'expire', about: 'lot' }, 'Points ended'],
    [{ about: 'loyalty-activity', kind: 'birthday' }, 'Birthday'],
    [{ operation: 'spend', about: 'loyalty-redemption' }, 'Reward'],
    [{ operation: 'give-back', about: 'loyalty-redemption' }, 'Reward given back'],
    [{ about: 'adjustment', aboutId: 'a' }, 'By hand: sorry'],
    [{ about: 'loyalty-import' }, 'Brought from another app'],
    [{ about: 'referral' }, 'A friend’s order 17'],
    [{ about: 'referral', operation: 'take-back' }, 'A friend’s order 17: taken back'],
    [{ about: 'of a later version' }, 'Other'],
  ])('%j', (change, words) => {
    expect(historyWords(row(change), new Map([['a', 'sorry']]))).toBe(words);
  });
});
