import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { orderSchema } from './order-schema.ts';
import { wooOrder } from './read-order.ts';
import { amountOf } from './values.ts';

/** Values that a field may hold instead of what it should. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, '', ' ', '0', '00', '-1', '1e3', '9007199254740993', -0, -1, 0.5),
  fc.constantFrom<unknown>(2 ** 53, Number.NaN, Infinity, '0000-00-00T00:00:00', '2026-02-30T10:00:00', 'x'.repeat(40)),
  fc.jsonValue({ maxDepth: 2 }),
);
/** Mostly what it should be. */
const field = (usual: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: odd });
const record = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  field(fc.record({ ...shape, unknown: fc.constant('left out') }, { requiredKeys: [] }));
const list = (member: fc.Arbitrary<unknown>) => field(fc.array(member, { maxLength: 4 }));

const id = field(fc.oneof(fc.nat(), fc.constantFrom('12', '90071992547409931', 0)));
const amount = field(fc.constantFrom<unknown>('16.80', '0', '-3.1', '1e9', 7, '1.234567'));
const gmt = field(fc.constantFrom<unknown>('2026-11-01T10:00:00', '2026-11-01T10:00:00Z', null));
const meta = list(record({ id, key: field(fc.constantFrom('_trellis_visitor', 'k')), value: odd }));
const line = record({
  id,
  name: field(fc.string()),
  product_id: id,
  variation_id: id,
  quantity: field(fc.constantFrom<unknown>(1, 2.5, '3', -1, 1e12)),
  subtotal: amount,
  subtotal_tax: amount,
  total: amount,
  total_tax: amount,
  taxes: list(record({ id, total: amount })),
  meta_data: meta,
});
const order = record({
  id,
  number: field(fc.string()),
  status: field(fc.constantFrom('completed', 'trash')),
  currency: field(fc.constantFrom('EUR', 'usd', 'EURO')),
  customer_id: id,
  prices_include_tax: field(fc.boolean()),
  discount_total: amount,
  discount_tax: amount,
  shipping_total: amount,
  shipping_tax: amount,
  total: amount,
  date_created_gmt: gmt,
  date_modified_gmt: gmt,
  meta_data: meta,
  line_items: list(line),
  tax_lines: list(record({ rate_id: id, rate_percent: field(fc.constantFrom<unknown>(19, '7', null)) })),
  coupon_lines: list(record({ code: field(fc.string()) })),
  refunds: list(record({ id, total: amount })),
});

test('what is read by hand, and what is refused, is what the schema says', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(order, { maxLength: 2 }), (page) => {
      const bySchema = z.array(orderSchema).safeParse(page);
      const byHand = z.array(wooOrder).safeParse(page);
      expect(byHand.data).toEqual(bySchema.data);
      const said = (error: z.ZodError | undefined) => error?.issues.map(({ path, message }) => [path, message]);
      expect(said(byHand.error)).toEqual(said(bySchema.error));
      if (bySchema.success) read += bySchema.data.length;
    }),
    { numRuns: 500 },
  );
  // Neither side of it is idle.
  expect(read).toBeGreaterThan(50);
});

test('an amount is the same whether it is written as usual or not', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?\d{0,13}\.?\d{0,4}$/), fc.constantFrom('EUR', 'JPY', 'KWD'), (text, currency) => {
      // A space keeps it from the short way.
      expect(amountOf(text, currency)).toBe(amountOf(`${text} `, currency));
    }),
    { numRuns: 500 },
  );
});
