import { describe, expect, it } from 'vitest';
import { readNumber } from './number-field.tsx';

describe('a typed number', () => {
  it.each([
    ['12', 0, 12],
    ['12,50', 2, 1250],
    ['0.1', 2, 10],
    [' 7 ', 0, 7],
    ['1.5', 0, Number.NaN],
    ['1.005', 2, Number.NaN],
    ['', 0, Number.NaN],
    ['-1', 0, Number.NaN],
    ['ten', 0, Number.NaN],
    ['1001', 0, Number.NaN],
  ])('%j with %i digits stores %d', (typed, digits, expected) => {
    expect(readNumber(typed, digits, 0, digits === 0 ? 1000 : 100_000)).toBe(expected);
  });
});
