import { expect, it } from 'vitest';
import { orderNode, toOrder } from './order.ts';
import { toOrderFromWebhook, webhookOrder } from './webhook-order.ts';

const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'EUR' } });
const off = (amount: string, of: object | null) => ({ allocatedAmountSet: money(amount), discountApplication: of });

const byQuery = (shippingLine?: object | null) =>
  toOrder(
    orderNode.parse({
      id: 'gid://shopify/Order/1',
      name: '#1',
      createdAt: '2026-11-20T10:00:00Z',
      updatedAt: '2026-11-20T10:00:00Z',
      test: false,
      taxesIncluded: true,
      customAttributes: [],
      totalPriceSet: money('12.00'),
      shippingLine,
    }),
    [],
  ).shipping;

const byWebhook = (extra: object) =>
  toOrderFromWebhook(
    webhookOrder.parse({
      id: 1,
      created_at: '2026-11-20T10:00:00Z',
      updated_at: '2026-11-20T10:00:00Z',
      currency: 'EUR',
      total_price: '12.00',
      line_items: [],
      ...extra,
    }),
  );

it.each([
  ['not told', undefined, undefined],
  ['nothing is sent', null, { paidMinor: 0, off: [] }],
  [
    'paid in full',
    { originalPriceSet: money('4.90'), discountAllocations: [off('0.00', { title: 'None' })] },
    { paidMinor: 490, off: [] },
  ],
  [
    'a goal, a code and one that does not say its name',
    {
      originalPriceSet: money('10.00'),
      discountAllocations: [off('4.90', { title: 'Goal' }), off('1.00', { code: 'abc' }), off('2.00', null)],
    },
    {
      paidMinor: 210,
      off: [
        { minor: 490, by: { title: 'Goal' } },
        { minor: 100, by: { code: 'abc' } },
        { minor: 200, by: null },
      ],
    },
  ],
])('GraphQL: %s', (_why, line, told) => {
  expect(byQuery(line)).toEqual(told);
});

const line = { price: '10.00', discounted_price: '5.10' };
const applications = [
  { type: 'automatic', title: 'Goal' },
  { type: 'discount_code', code: 'abc' },
];

it.each([
  ['not told', {}, undefined],
  ['nothing is sent', { shipping_lines: [] }, { paidMinor: 0, off: [] }],
  [
    'two parcels, one of which was taken off the order',
    {
      shipping_lines: [
        { ...line, discount_allocations: [{ amount: '4.90', discount_application_index: 0 }] },
        { ...line, discount_allocations: [{ amount: '1.00', discount_application_index: 1 }] },
        { ...line, is_removed: true },
      ],
      discount_applications: applications,
    },
    {
      paidMinor: 1410,
      off: [
        { minor: 490, by: { title: 'Goal' } },
        { minor: 100, by: { code: 'abc' } },
      ],
    },
  ],
  [
    'paid in another currency: the shop’s counts',
    {
      shipping_lines: [
        {
          price: '12.00',
          price_set: { shop_money: { amount: '10.00', currency_code: 'EUR' } },
          discount_allocations: [
            { amount: '12.00', amount_set: { shop_money: { amount: '10.00', currency_code: 'EUR' } } },
          ],
        },
      ],
    },
    { paidMinor: 0, off: [{ minor: 1000, by: null }] },
  ],
])('webhook: %s', (_why, extra, told) => {
  expect(byWebhook(extra).shipping).toEqual(told);
});

it('a code that makes shipping free takes nothing off goods, whoever tells of it', () => {
  const discount_codes = [
    { code: 'SHIP', amount: '4.90', type: 'shipping' },
    { code: 'TEN', amount: '1.00', type: 'percentage' },
  ];
  expect(byWebhook({ discount_codes }).codes).toEqual([
    { code: 'SHIP', discountMinor: 0 },
    { code: 'TEN', discountMinor: 100 },
  ]);
});
