import { expect, it } from 'vitest';
import { moneyIn, storeMoney, writeMoney } from './money-format.ts';

const euro = { before: '', after: ' €', thousands: '.', point: ',', decimals: 2 };

it.each([
  ['thousands and a comma', 123_456_789, 'EUR', euro, '1.234.567,89 €'],
  ['less than one', 5, 'EUR', euro, '0,05 €'],
  ['negative', -1250, 'EUR', euro, '-12,50 €'],
  ['no decimals, rounded half up', 1250, 'EUR', { ...euro, decimals: 0 }, '13 €'],
  ['what rounds to nothing has no sign', -4, 'EUR', { ...euro, decimals: 0 }, '0 €'],
  ['a currency without minor units whose format shows two', 1200, 'JPY', { ...euro, after: '' }, '1.200,00'],
  ['a currency with three of which the format shows two', 1235, 'KWD', { ...euro, after: '' }, '1,24'],
  [
    'signs that mean something in replacements',
    100_000,
    'USD',
    { ...euro, before: '$&', after: '', thousands: '$&' },
    '$&1$&000,00',
  ],
] as const)('%s', (_name, minor, currency, format, text) => {
  expect(writeMoney(minor, currency, format)).toBe(text);
});

it.each([
  ['de', '12,50 €'],
  ['en', '€12.50'],
])('is written as the store does, else as %s does', (language, text) => {
  const plain = (written: string) => written.replaceAll('\u00a0', ' ');
  expect(plain(moneyIn(1250, 'EUR', language))).toBe(text);
  expect(plain(storeMoney(1250, { currency: 'EUR', moneyFormat: null }, language))).toBe(text);
  const moneyFormat = { ...euro, before: 'EUR ', after: '' };
  expect(storeMoney(1250, { currency: 'EUR', moneyFormat }, language)).toBe('EUR 12,50');
});
