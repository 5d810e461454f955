import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Delimiter, readBalanceNumber } from './balance-number.ts';

describe('a balance as a file writes it', () => {
  it.each<[string, Delimiter, number]>([
    ['120', ',', 120],
    [' 7 ', ';', 7],
    ['0', ',', 0],
    ['-3', ',', -3],
    ['−3', ',', -3],
    // Smile divides thousands by commas
    ['89,085', ',', 89_085],
    ['1,234,567', ';', 1_234_567],
    ['1.234.567', ',', 1_234_567],
    ['1,250.00', ';', 1_250],
    ['1.250,00', ',', 1_250],
    ['1.500', ';', 1_500],
    ['-1.500', ';', -1_500],
    // three digits, but no thousand is written like that
    ['1250.000', ',', 1_250],
    ['0.000', ',', 0],
    ['1 250', ';', 1_250],
    ['1\u00a0250,00', ';', 1_250],
    ['1\u202f234\u202f567', '\t', 1_234_567],
    ['1’250.0', ';', 1_250],
    ["1'250", ',', 1_250],
    ['250,0', ';', 250],
  ])('%j in a file divided by %j is %d', (cell, delimiter, points) => {
    expect(readBalanceNumber(cell, delimiter)).toEqual({ ok: true, points, rounded: false });
  });

  it.each<[string, Delimiter, number]>([
    ['1.234,5', ';', 1_235],
    ['1,234.5', ',', 1_235],
    ['1.234,5', ',', 1_235],
    ['103.56', ',', 104],
    ['0,2', ';', 1],
    ['0.500', ',', 1],
    // of a debt less is left, too
    ['-3,5', ';', -3],
  ])('%j in a file divided by %j has a fraction, and is %d', (cell, delimiter, points) => {
    expect(readBalanceNumber(cell, delimiter)).toEqual({ ok: true, points, rounded: true });
  });

  it.each<[string, Delimiter]>([
    ['1.234', ','],
    ['1,234', ';'],
    ['1.234', '\t'],
    ['1,234', '\t'],
    ['12,345', ';'],
  ])('%j in a file divided by %j may be a thousand or a fraction', (cell, delimiter) => {
    expect(readBalanceNumber(cell, delimiter)).toEqual({ ok: false, why: 'unclear' });
  });

  it.each([
    '',
    'many',
    '1e3',
    '5 points',
    '12 34',
    '1,23.5',
    '1.23.456',
    '1,234.567,8',
    '1.',
    ',5',
    '--3',
    '€5',
    '1234567890',
  ])('%j is no number of points', (cell) => {
    expect(readBalanceNumber(cell, ',')).toEqual({ ok: false, why: 'not-a-number' });
  });

  it('is read back as it was, however a country writes it', () => {
    const written = fc.record({
      points: fc.integer({ min: 0, max: 999_999_999 }),
      locale: fc.constantFrom('en', 'de', 'fr', 'de-CH', 'sv'),
      decimals: fc.constantFrom(0, 2),
      delimiter: fc.constantFrom<Delimiter>(',', ';', '\t'),
    });
    fc.assert(
      fc.property(written, ({ points, locale, decimals, delimiter }) => {
        const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
        const read = readBalanceNumber(new Intl.NumberFormat(locale, options).format(points), delimiter);
        // What is not understood is refused; nothing is understood as another number.
        expect(read).toEqual(read.ok ? { ok: true, points, rounded: false } : { ok: false, why: 'unclear' });
      }),
    );
  });
});
