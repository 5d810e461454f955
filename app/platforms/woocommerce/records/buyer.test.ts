import { expect, test } from 'vitest';
import { toBuyer } from './buyer.ts';

const paid = (key: string, value: unknown) =>
  toBuyer({ billing: null, shipping: null, meta_data: [{ key, value }] }).payer;

test.each([
  ['Stripe’s customer', '_stripe_customer_id', 'cus_Nffr', 'stripe cus_nffr'],
  ['PayPal’s plugin', '_ppcp_paypal_payer_email', ' Ida@Example.com ', 'paypal ida@example.com'],
  [
    'the same account through the gateway of before',
    'Payer PayPal address',
    'ida@example.com',
    'paypal ida@example.com',
  ],
  ['what says nothing', '_ppcp_paypal_payer_email', '', null],
  ['what is no text', '_stripe_customer_id', { id: 'cus_1' }, null],
  ['a plugin that writes the payment alone', '_payment_intent_id', 'pi_1', null],
])('who paid, by %s', (_, key, value, payer) => {
  expect(paid(key, value)).toBe(payer);
});
