import { expect, it } from 'vitest';
import { sourceWords } from './source-words.ts';

it.each([
  ['order', '5000000000001', 'Order 5000000000001'],
  ['referral', '5000000000002', 'A friend’s order 5000000000002'],
  ['loyalty-activity', '60e56dc6-99ae-4a41-98e8-2661b6c7fdf5', 'Way to earn 60e56dc6'],
  ['loyalty-redemption', '60e56dc6-99ae-4a41-98e8-2661b6c7fdf5', 'Reward 60e56dc6'],
  ['adjustment', '60e56dc6-99ae-4a41-98e8-2661b6c7fdf5', 'By hand 60e56dc6'],
  ['loyalty-import', 'a'.repeat(64), 'Brought from another app aaaaaaaa'],
  ['of a later version', '7', 'of a later version 7'],
])('%s %s is written “%s”', (kind, id, words) => {
  expect(sourceWords({ kind, id })).toBe(words);
});
