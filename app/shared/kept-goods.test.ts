import { expect, test } from 'vitest';
import { keptGoodsMinor, leftOfLine } from './kept-goods.ts';

// Two units of 50.00 each and 10.00 for sending them.
const kept = (units: number, refundedMinor: number, goodwillMinor: number | null, totalMinor = 11_000) =>
  keptGoodsMinor({ wholeMinor: 10_000, leftMinor: units * 5_000 }, { totalMinor, refundedMinor, goodwillMinor });

test.each<[string, units: number, refunded: number, goodwill: number | null, expected: number]>([
  ['nothing came back', 2, 0, 0, 10_000],
  ['only the shipping', 2, 1_000, 0, 10_000],
  ['a unit and the shipping', 1, 6_000, 0, 5_000],
  ['a unit, the shipping and 5.00 for the trouble', 1, 6_500, 500, 4_500],
  ['a unit less a fee for taking it back', 1, 4_500, 0, 5_000],
  ['10.00 for the trouble', 2, 1_000, 1_000, 9_000],
  ['more for the trouble than it cost', 1, 10_999, 9_999, 0],
  ['the store tells only a sum: the goods’ share of it', 2, 1_100, null, 9_000],
  ['the store tells only a sum that the unit explains', 1, 5_000, null, 5_000],
  ['the store tells only a sum, more than was paid', 2, 99_000, null, 0],
])('what is kept of goods: %s', (_case, units, refunded, goodwill, expected) => {
  expect(kept(units, refunded, goodwill)).toBe(expected);
});

test('of an order that cost nothing units alone count', () => {
  expect(kept(1, 500, null, 0)).toBe(5_000);
});

test.each([
  ['of three for 10.00 one came back', 3, 1, 666],
  ['more came back than there were', 3, 5, 0],
  ['no units at all', 0, 0, 0],
  ['a discount beyond the price', 3, 0, 0, 5_000],
])('a line: %s', (_case, quantity, refundedQuantity, expected, discountMinor = 2) => {
  const line = { quantity, refundedQuantity, unitPriceMinor: 334, discountMinor };
  expect(leftOfLine(line)).toBe(expected);
});
