import { expect, test } from 'vitest';
import { readConversion } from '#app/domains/incentives/rate.ts';
import { minorUnitDigits } from '#app/shared/money.ts';
import { presented } from './shopify/currency.ts';

const pairs = [
  ['EUR', 'USD', '1.0873'],
  ['USD', 'EUR', '0.9213'],
  ['USD', 'JPY', '150.35'],
  ['JPY', 'USD', '0.006651'],
  ['USD', 'KWD', '0.3074'],
  ['KWD', 'EUR', '2.985'],
  ['JPY', 'KWD', '0.00204467'],
  ['KWD', 'JPY', '489.07'],
] as const;

test.each(pairs)('amounts of %s in %s at %s are what the checkout counts with', (from, to, rate) => {
  const conversion = readConversion(rate, from, to);
  const [own, theirs] = [minorUnitDigits(from), minorUnitDigits(to)];
  for (let minor = 1; minor < 2_000_000; minor = Math.ceil(minor * 1.037)) {
    const hundredths = presented(minor, Number(rate), own, theirs);
    expect(Math.round((hundredths * 10 ** theirs) / 100), String(minor)).toBe(conversion?.nearest(minor));
  }
});

test('an exact half is rounded up, whatever binary fractions make of it', () => {
  expect(presented(5000, 0.9213, 2, 2)).toBe(4607);
  expect(readConversion('0.9213', 'USD', 'EUR')?.nearest(5000)).toBe(4607);
  expect(presented(1000, 1.0005, 2, 2)).toBe(1001);
});
