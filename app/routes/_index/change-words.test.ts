import { expect, it } from 'vitest';
import { changeWords } from './change-words.ts';

it.each([
  ['more', 120, 100, '20% more than the time before'],
  ['less', 50, 100, '50% less than the time before'],
  ['same', 100, 100, 'Same as the time before'],
  ['a beginning', 10, 0, 'Nothing to compare with yet'],
  ['nothing at all', 0, 0, 'No change'],
  ['refunds made the time before negative', 10, -5, 'Nothing to compare with yet'],
])('%s', (_name, now, before, text) => {
  expect(changeWords(now, before)).toBe(text);
});
