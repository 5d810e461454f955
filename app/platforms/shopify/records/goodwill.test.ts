import { expect, it } from 'vitest';
import { goodwillOf } from './goodwill.ts';
import { toOrderFromWebhook, webhookOrder } from './webhook-order.ts';

const line = (quantity: number, unitPriceMinor: number, rate: number, discountMinor = 0) => ({
  ...{ quantity, unitPriceMinor, rate, discountMinor },
});
const two = [line(2, 5_000, 0.19)];

it.each([
  ['nothing beyond units and shipping', 0, 5_000, true, two, 0],
  ['in the customer’s favour', -500, 5_500, true, two, 500],
  ['in the merchant’s favour: a fee for taking it back', 500, 4_500, true, two, 0],
  ['never more than was given back: the rest is still to come', -9_000, 500, true, two, 500],
  ['tax on top is no part of the goods', -119, 119, false, two, 100],
  ['of two rates their mixture', -1_060, 1_060, false, [line(1, 5_000, 0.1), line(1, 5_000, 0.02)], 1_000],
  ['without tax it is what it is', -500, 500, false, [line(1, 5_000, 0)], 500],
  ['an order that cost nothing', -500, 500, false, [line(1, 5_000, 0.19, 5_000)], 500],
])('given back on goods that stay: %s', (_case, minor, refundedMinor, taxesIncluded, lines, expected) => {
  expect(goodwillOf({ minor, refundedMinor, taxesIncluded }, lines)).toBe(expected);
});

const told = (refunds: unknown, change: object = {}) =>
  toOrderFromWebhook(
    webhookOrder.parse({
      ...{ id: 1, name: '#1', currency: 'EUR', total_price: '110.00', taxes_included: true },
      ...{ created_at: '2026-11-01T10:00:00Z', updated_at: '2026-11-01T10:00:00Z' },
      line_items: [{ id: 11, quantity: 2, price: '50.00', tax_lines: [{ rate: 0.19 }] }],
      refunds,
      ...change,
    }),
  );
const paidBack = (amount: string) => [{ kind: 'refund', status: 'success', amount }];

it('a webhook tells it by the adjustments of its refunds', () => {
  const adjusted = (...adjustments: object[]) => [
    { refund_line_items: [], order_adjustments: adjustments, transactions: paidBack('15.00') },
  ];
  expect(told([])).toMatchObject({ refundedMinor: 0, goodwillMinor: 0 });
  expect(told(adjusted({ amount: '-5.00' }))).toMatchObject({ refundedMinor: 1_500, goodwillMinor: 500 });
  // Of API versions before 2024-10, which told the shipping here.
  const shipping = { amount: '-10.00', kind: 'shipping_refund' };
  const rest = { amount: '-5.00', kind: 'refund_discrepancy' };
  expect(told(adjusted(shipping, rest))).toMatchObject({ goodwillMinor: 500 });
  expect(told(adjusted({ amount: '-5.95' }), { taxes_included: false })).toMatchObject({ goodwillMinor: 500 });
  expect(
    told(adjusted({ amount: '-6.00', amount_set: { shop_money: { amount: '-5.00', currency_code: 'EUR' } } })),
  ).toMatchObject({ goodwillMinor: 500 });
});
