import { expect, it } from 'vitest';
import { wooOrder } from './read-order.ts';
import { highestTax } from './tax.ts';

const rates = [
  { rate_id: 1, rate_percent: 19 },
  { rate_id: 2, rate_percent: 7 },
  { rate_id: 3, rate_percent: 5.5 },
  { rate_id: 4, rate_percent: null },
];
const tax = (id: number, total: unknown = '3.80') => ({ id, total, subtotal: total });

it.each<[string, object[][], { taxBps?: number }]>([
  ['one rate', [[tax(1)]], { taxBps: 1900 }],
  [
    'the higher of two goods: each names both rates',
    [
      [tax(1, ''), tax(2)],
      [tax(1), tax(2, '')],
    ],
    { taxBps: 1900 },
  ],
  ['two rates on one line', [[tax(2), tax(3)]], { taxBps: 1250 }],
  ['goods without tax beside others', [[], [tax(2)]], { taxBps: 700 }],
  ['an export', [[]], { taxBps: 0 }],
  ['a rate that has no effect', [[tax(1, '0.00')]], { taxBps: 0 }],
  ['an order from before rates were noted', [[tax(4)]], {}],
  ['a rate that the order does not name', [[tax(9)]], {}],
  ['an amount that is none', [[tax(1, 'x')]], { taxBps: 0 }],
])('%s', (_why, lines, found) => {
  const line_items = lines.map((taxes, at) => ({ id: at + 1, quantity: 1, taxes }));
  expect(highestTax(wooOrder.parse({ id: 7, currency: 'EUR', tax_lines: rates, line_items }))).toEqual(found);
});
