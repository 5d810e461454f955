import { expect, it } from 'vitest';
import { writeMoney } from '#app/shared/money-format.ts';
import { readMoneyFormat } from './money-format.ts';

it.each([
  ['€{{amount_with_comma_separator}}', '€1.234,50'],
  ['{{ amount_with_space_separator }} kr', '1 234,50 kr'],
  ['<span class=money>&pound;{{amount}} GBP</span>', '£1,234.50 GBP'],
  ['CHF {{amount_with_apostrophe_separator}}', "CHF 1'234.50"],
  ['{{amount_no_decimals_with_comma_separator}}&nbsp;€', '1.235\u00a0€'],
])('%s', (format, text) => {
  const read = readMoneyFormat(format);
  expect(read && writeMoney(123_450, 'EUR', read)).toBe(text);
});

it.each(['', 'EUR', '{{price}}', '{{amount}} {{amount}}'])('%j names no amount', (format) => {
  expect(readMoneyFormat(format)).toBeNull();
});
