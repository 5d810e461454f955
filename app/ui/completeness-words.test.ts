import { expect, test } from 'vitest';
import { arrivalWords } from './completeness-words.ts';

const sums = { arrived: 0, inTime: 0, refilled: 0, slowestSeconds: 0 };

test.each([
  ['nothing', sums, 'No orders changed'],
  ['one', { ...sums, arrived: 1, inTime: 1 }, 'All of 1 order within 5 minutes'],
  [
    'nearly all is not all',
    { arrived: 1_000_000, inTime: 999_999, refilled: 1, slowestSeconds: 432 },
    '99.99% of 1,000,000 orders within 5 minutes, the slowest after 7 min 12 s, 1 refilled',
  ],
  [
    'the share of a bad day',
    { arrived: 5000, inTime: 4999, refilled: 3, slowestSeconds: 59 },
    '99.98% of 5,000 orders within 5 minutes, the slowest after 59 s, 3 refilled',
  ],
])('%s', (_why, values, words) => {
  expect(arrivalWords('orders', values)).toBe(words);
});
