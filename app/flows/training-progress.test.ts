import { expect, it } from 'vitest';
import { countingPercent, percentAfterCounting } from './training-progress.ts';

it.each([1, 2, 7, 64])('the bar of a training in %i chunks never goes back and ends full', (chunks) => {
  const bar = [
    ...Array.from({ length: chunks + 1 }, (_, counted) => countingPercent(counted, chunks)),
    ...Array.from({ length: 101 }, (_, percent) => percentAfterCounting(percent)),
  ];
  expect(bar).toEqual(bar.toSorted((a, b) => a - b));
  expect([bar[0], bar.at(-1)]).toEqual([0, 100]);
});

it('stays where counting ends when a chunk is counted twice', () => {
  expect(countingPercent(9, 8)).toBe(countingPercent(8, 8));
  expect(countingPercent(0, 0)).toBe(0);
});
