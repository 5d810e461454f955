import { expect, test } from 'vitest';
import { needsStoreCurrency } from './exchange.ts';
import { toOrder } from './order.ts';
import { wooRefund } from './order-schema.ts';
import { wooOrder } from './read-order.ts';
import { parseWebhook } from './webhook-events.ts';

const line = {
  id: 11,
  name: 'Shirt &amp; tie',
  product_id: 5,
  variation_id: 0,
  quantity: 2,
  subtotal: '20.00',
  subtotal_tax: '3.80',
  total: '18.00',
  total_tax: '3.42',
  meta_data: [],
};
const order = {
  id: 7,
  number: '7',
  status: 'processing',
  currency: 'EUR',
  customer_id: 0,
  prices_include_tax: true,
  discount_total: '2.00',
  discount_tax: '0.38',
  total: '21.42',
  date_created_gmt: '2026-11-01T10:00:00',
  date_modified_gmt: '2026-11-01T10:05:00',
  meta_data: [],
  line_items: [line],
  refunds: [],
};
const read = (changes: object = {}, refunds: unknown[] = []) =>
  toOrder(
    wooOrder.parse({ ...order, ...changes }),
    refunds.map((refund) => wooRefund.parse(refund)),
  );

test('prices with tax are those that the shopper saw', () => {
  expect(read()).toMatchObject({
    id: '7',
    name: '#7',
    customerId: null,
    placedAt: new Date('2026-11-01T10:00:00Z'),
    updatedAt: new Date('2026-11-01T10:05:00Z'),
    cancelledAt: null,
    subtotalMinor: 2380,
    discountMinor: 238,
    totalMinor: 2142,
    lines: [{ productId: '5', variantId: '5', title: 'Shirt & tie', unitPriceMinor: 1190, discountMinor: 238 }],
  });
});

test('prices without tax leave it out', () => {
  expect(read({ prices_include_tax: false })).toMatchObject({ subtotalMinor: 2000, discountMinor: 200 });
});

test('three for ten have no discount of a cent', () => {
  const odd = { ...line, quantity: 3, subtotal: '10.00', subtotal_tax: '0', total: '10.00', total_tax: '0' };
  expect(read({ line_items: [odd] }).lines).toMatchObject([{ unitPriceMinor: 333, discountMinor: 0 }]);
});

test.each([
  ['pending', true],
  ['failed', true],
  ['cancelled', true],
  ['checkout-draft', true],
  ['on-hold', false],
  ['processing', false],
  ['completed', false],
  ['refunded', false],
  ['a-plugins-own', false],
])('%s is no sale: %s', (status, none) => {
  expect(read({ status }).cancelledAt !== null).toBe(none);
});

test.each([
  [
    'of a line',
    [{ id: 1, total: '-10.71' }],
    [{ id: 1, line_items: [{ quantity: -1, meta_data: [{ key: '_refunded_item_id', value: '11' }] }] }],
    1071,
    1,
  ],
  ['of an amount', [{ id: 1, total: '-5.00' }], [{ id: 1, line_items: [] }], 500, 0],
  [
    'of more than there was',
    [{ id: 1, total: '-50' }],
    [{ id: 1, line_items: [{ quantity: -9, meta_data: [{ key: '_refunded_item_id', value: 11 }] }] }],
    5000,
    2,
  ],
])('a refund %s', (_name, refunds, details, minor, units) => {
  const { refundedMinor, lines } = read({ refunds }, details);
  expect([refundedMinor, lines[0]?.refundedQuantity]).toEqual([minor, units]);
});

const backOn = (quantity: number, total: string, tax: string) => ({
  quantity: -quantity,
  total: `-${total}`,
  total_tax: `-${tax}`,
  meta_data: [{ key: '_refunded_item_id', value: '11' }],
});
// Two shirts for 21.42 with tax, 18.00 without, and 5.00 for sending them.
test.each<[string, refunds: [total: string, parts: object][], withTax: number, withoutTax: number]>([
  ['a unit', [['10.71', { line_items: [backOn(1, '9.00', '1.71')] }]], 0, 0],
  ['a unit and more money on its line', [['12.71', { line_items: [backOn(1, '10.68', '2.03')] }]], 200, 168],
  ['money on a line', [['2.38', { line_items: [backOn(0, '2.00', '0.38')] }]], 238, 200],
  ['the shipping', [['5.00', { shipping_lines: [{ total: '-4.20', total_tax: '-0.80' }] }]], 0, 0],
  ['a fee', [['3.00', { fee_lines: [{ total: '-3.00', total_tax: '0.00' }] }]], 0, 0],
  ['an amount', [['2.38', {}]], 238, 200],
  ['an amount that is the shipping', [['5.00', {}]], 0, 0],
  [
    'the shipping by its amount twice: only once it was that',
    [
      ['5.00', {}],
      ['5.00', {}],
    ],
    500,
    420,
  ],
  [
    'an amount first, and the unit later for what was left of it',
    [
      ['4.76', {}],
      ['5.95', { line_items: [backOn(1, '5.00', '0.95')] }],
    ],
    0,
    0,
  ],
  ['a unit with a cent of rounding', [['10.72', { line_items: [backOn(1, '9.00', '1.71')] }]], 0, 0],
  ['less than the unit that came back', [['8.00', { line_items: [backOn(1, '9.00', '1.71')] }]], 0, 0],
])('given back on goods that stay: %s', (_name, all, withTax, withoutTax) => {
  const refunds = all.map(([total], index) => ({ id: index + 1, total: `-${total}` }));
  const details = all.map(([, parts], index) => ({ id: index + 1, ...parts }));
  const shipped = { total: '26.42', shipping_total: '4.20', shipping_tax: '0.80', refunds };
  expect(read(shipped, details).goodwillMinor).toBe(withTax);
  expect(read({ ...shipped, prices_include_tax: false }, details).goodwillMinor).toBe(withoutTax);
});

test('shipping that was given back is told from goods in a converted currency too', () => {
  const meta_data = [
    { key: '_trellis_exchange_rate', value: '1.05' },
    { key: '_trellis_shop_currency', value: 'EUR' },
  ];
  const changes = { currency: 'USD', meta_data, shipping_total: '5.00', shipping_tax: '0.95' };
  const refunds = [{ id: 1, total: '-5.95' }];
  // 4.76 and 0.90, and 5.67 for both.
  expect(read({ ...changes, refunds }, [{ id: 1 }]).goodwillMinor).toBe(0);
});

test('a refund that did not come with its parts tells only a sum', () => {
  expect(read({ refunds: [{ id: 1, total: '-5.00' }] })).not.toHaveProperty('goodwillMinor');
  expect(read().goodwillMinor).toBe(0);
});

test('an order set to refunded by hand has given everything back', () => {
  expect(read({ status: 'refunded' }).refundedMinor).toBe(2142);
});

test('paid in another currency it is worth what a plugin noted', () => {
  const meta = (rate: unknown) => [
    { key: '_wcpay_multi_currency_order_exchange_rate', value: rate },
    { key: '_wcpay_multi_currency_order_default_currency', value: 'EUR' },
  ];
  expect(read({ currency: 'USD', meta_data: meta('1.25') })).toMatchObject({ currency: 'EUR', totalMinor: 1714 });
  expect(read({ currency: 'JPY', total: '3400', meta_data: meta(170) })).toMatchObject({
    currency: 'EUR',
    totalMinor: 2000,
  });
  for (const bad of ['0', '', 'NaN', '-1', 'Infinity', null])
    expect(read({ currency: 'USD', meta_data: meta(bad) })).toMatchObject({ currency: 'USD', totalMinor: 2142 });
});

const dollars = { currency: 'USD', total: '21.67' };
const notes = (meta: Readonly<Record<string, unknown>>) => Object.entries(meta).map(([key, value]) => ({ key, value }));
const curcy = (own: object) => ({ wmc_order_info: { EUR: { rate: 1, ...own }, USD: { rate: '1.0837' } } });
const ours = { _trellis_exchange_rate: '1.0837', _trellis_shop_currency: 'EUR' };

test.each([
  ['ours', ours],
  ['FOX', { _woocs_order_rate: 1.0837, _woocs_order_base_currency: 'EUR' }],
  // Somebody looked at the order's page after changing back to euros.
  ['ours beside a false one of FOX', { _woocs_order_rate: 1, _woocs_order_base_currency: 'EUR', ...ours }],
  ['CURCY', curcy({ is_main: 1 })],
])('the note of %s names the currency', (_name, meta) => {
  expect(read({ ...dollars, meta_data: notes(meta) })).toMatchObject({ currency: 'EUR', totalMinor: 2000 });
  // Changed in the store's admin into what it is worth there.
  expect(read({ currency: 'EUR', total: '20.00', meta_data: notes(meta) })).toMatchObject({ totalMinor: 2000 });
});

test.each([
  ['Price Based on Country', { _wcpbc_base_exchange_rate: '0.92276460274984' }],
  ['Aelia', { _base_currency_exchange_rate: '0.92276460274984' }],
  ['YayCurrency', { yay_currency_order_rate: '1.0837' }],
])('the note of %s leaves the currency out: it is the store’s, and a webhook is read again', (_name, meta) => {
  const whole = { ...order, ...dollars, meta_data: notes(meta) };
  const one = wooOrder.parse(whole);
  expect(needsStoreCurrency(one)).toBe(true);
  expect(toOrder(one, [], 'EUR')).toMatchObject({ currency: 'EUR', totalMinor: 2000 });
  expect(toOrder(one, [])).toMatchObject({ currency: 'USD', totalMinor: 2167 });
  expect(parseWebhook('order.updated', JSON.stringify(whole))).toMatchObject({ id: '7', order: null });
  const noted = { ...whole, meta_data: notes({ ...meta, ...ours }) };
  expect(parseWebhook('order.updated', JSON.stringify(noted))).toMatchObject({ order: { currency: 'EUR' } });
});

test.each([
  ['CURCY without the store’s own', curcy({})],
  ['CURCY without the order’s', { wmc_order_info: { EUR: { rate: 1, is_main: 1 } } }],
  ['CURCY, broken', { wmc_order_info: ['x', null] }],
  ['a rate of 1', { _base_currency_exchange_rate: '1' }],
  ['a rate that no currency has', { yay_currency_order_rate: '1e-300', _wcpbc_base_exchange_rate: 1e300 }],
  ['no rate', { yay_currency_order_rate: '', _wcpbc_base_exchange_rate: '0', _base_currency_exchange_rate: null }],
])('%s is no note', (_name, meta) => {
  const one = wooOrder.parse({ ...order, ...dollars, meta_data: notes(meta) });
  expect(needsStoreCurrency(one)).toBe(false);
  expect(toOrder(one, [], 'EUR')).toMatchObject({ currency: 'USD', totalMinor: 2167 });
});

test.each(['', 'POINTS', '€', 'eu'])('an order in %o, which is no currency, is kept as one without', (currency) => {
  expect(read({ currency })).toMatchObject({ id: '7', currency: 'XXX', totalMinor: 2142 });
});

test('what plugins and hands put into fields breaks nothing', () => {
  expect(
    read({
      total: 'n/a',
      discount_total: null,
      meta_data: 'none',
      date_modified_gmt: null,
      line_items: [
        { id: 1 },
        null,
        'x',
        { ...line, quantity: '2', name: '<script>alert(1)</script>Tie', subtotal: {} },
      ],
    }),
  ).toMatchObject({
    totalMinor: 0,
    lines: [
      { id: '1', quantity: 0 },
      { id: '11', quantity: 2, title: 'Tie' },
    ],
  });
});

test.each([
  ['an order', 'order.updated', order, { type: 'order-changed', id: '7', order: { totalMinor: 2142 } }],
  [
    'one with a refund is read again',
    'order.updated',
    { ...order, refunds: [{ id: 9, total: '-1.00' }] },
    { order: null },
  ],
  ['a restored one', 'order.restored', order, { type: 'order-changed', order: null }],
  ['a deleted one', 'order.deleted', { id: 7 }, { type: 'order-deleted', id: '7' }],
  ['a variation', 'product.updated', { id: 9, type: 'variation', parent_id: 5 }, { type: 'product-changed', id: '5' }],
  ['a person', 'customer.created', { id: 3 }, { type: 'customer-changed', id: '3' }],
])('%s: %s', (_name, topic, payload, event) => {
  expect(parseWebhook(topic, JSON.stringify(payload))).toMatchObject(event);
});

test('what was gone at delivery names nothing', () => {
  const body = JSON.stringify({ code: 'woocommerce_rest_product_invalid_id', message: '', data: { status: 404 } });
  expect(parseWebhook('product.updated', body)).toBeNull();
});

test('what delivery cost, and what our plugin notes that we took off it', () => {
  const shipped = { shipping_total: '4.00', shipping_tax: '0.76' };
  const noted = (value: unknown) => ({ ...shipped, meta_data: [{ key: '_trellis_shipping_off', value }] });
  expect(read(shipped).shipping).toEqual({ paidMinor: 476 });
  expect(read({ ...shipped, prices_include_tax: false }).shipping).toEqual({ paidMinor: 400 });
  expect(read(noted('4.90')).shipping).toEqual({ paidMinor: 476, off: [{ minor: 490, by: 'ours' }] });
  const goal = '0199f1a0-0000-7000-8000-00000000000a';
  const byGoal = (id: string) => ({
    ...shipped,
    meta_data: [
      { key: '_trellis_shipping_off', value: '4.90' },
      { key: '_trellis_free_shipping', value: id },
    ],
  });
  expect(read(byGoal(goal)).shipping).toEqual({ paidMinor: 476, off: [{ minor: 490, by: 'ours', of: [goal] }] });
  expect(read(byGoal('parcel')).shipping).toEqual({ paidMinor: 476, off: [{ minor: 490, by: 'ours' }] });
  expect(read(noted('much')).shipping).toEqual({ paidMinor: 476 });
  const exchanged = [
    { key: '_trellis_exchange_rate', value: '2' },
    { key: '_trellis_shop_currency', value: 'USD' },
    { key: '_trellis_shipping_off', value: '4.90' },
  ];
  expect(read({ ...shipped, meta_data: exchanged }).shipping).toEqual({
    paidMinor: 238,
    off: [{ minor: 245, by: 'ours' }],
  });
});
