import { describe, expect, it } from 'vitest';
import { readNumbers } from './numbers-field.tsx';
import { readRates, writeRates } from './rates.ts';

describe('what the merchant types as a list', () => {
  it.each<[string, string, Record<string, number> | null]>([
    ['nothing is no rate', '', {}],
    ['a comma is a point', 'usd 0,92\nJPY = 0.0061', { USD: 920_000, JPY: 6_100 }],
    ['the programme’s own has no rate', 'EUR 1', null],
    ['twice the same', 'USD 1\nUSD 2', null],
    ['nothing is worth nothing', 'USD 0', null],
    ['less than a millionth is nothing', 'USD 0.0000001', null],
    ['words', 'dollars', null],
  ])('%s', (_label, text, expected) => {
    expect(readRates(text, 'EUR')).toEqual(expected);
    if (expected !== null) expect(readRates(writeRates(expected), 'EUR')).toEqual(expected);
  });

  it.each<[string, number[] | null]>([
    ['', []],
    ['7, 30;7', [30, 7]],
    ['0', null],
    ['1 2 3 4', null],
    ['x', null],
    ['1.5', null],
  ])('numbers: %s', (text, expected) => {
    expect(readNumbers(text, { least: 1, most: 120, count: 3 })).toEqual(expected);
  });
});
