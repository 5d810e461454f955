import { z } from 'zod';
import { count, gmt, listOf, meta, readCurrency, recordId, text } from './values.ts';

const optionalId = recordId
  .nullish()
  .catch(null)
  .transform((id) => (id === '0' ? null : (id ?? null)));

/** A line of an order; one that is none is left out. */
const line = z.object({
  id: recordId,
  name: text,
  product_id: optionalId,
  variation_id: optionalId,
  quantity: count(0),
  subtotal: text,
  subtotal_tax: text,
  total: text,
  total_tax: text,
  taxes: listOf(z.object({ id: recordId, total: text })),
  meta_data: meta,
});

/** Of a person; whatever is no text is as good as missing. */
const address = z
  .object({
    first_name: text,
    last_name: text,
    address_1: text,
    address_2: text,
    postcode: text,
    city: text,
    country: text,
    state: text,
    phone: text,
    email: text,
  })
  .nullable()
  .catch(null);

/** What an order is to us, as its route, its list and its webhook say it. Refunds come without their lines. */
export const orderSchema = z.object({
  id: recordId,
  number: text,
  status: text,
  currency: z.string().transform(readCurrency),
  customer_id: optionalId,
  billing: address,
  shipping: address,
  prices_include_tax: z.boolean().catch(false),
  discount_total: text,
  discount_tax: text,
  shipping_total: text,
  shipping_tax: text,
  total: text,
  date_created_gmt: gmt,
  date_modified_gmt: gmt,
  meta_data: meta,
  line_items: listOf(line),
  tax_lines: listOf(z.object({ rate_id: recordId, rate_percent: text })),
  coupon_lines: listOf(z.object({ code: text, discount: text, discount_tax: text })),
  refunds: listOf(z.object({ id: recordId, total: text })),
});
export type WooOrder = z.infer<typeof orderSchema>;

export const orderFields = {
  _fields: Object.keys(orderSchema.shape).join(','),
};

const refundPart = z.object({ total: text, total_tax: text });

/** One refund with its parts, totals below zero; one that gives back an amount has none. */
export const wooRefund = z.object({
  id: recordId,
  line_items: listOf(refundPart.extend({ quantity: count(0), meta_data: meta })),
  shipping_lines: listOf(refundPart),
  fee_lines: listOf(refundPart),
});
export type WooRefund = z.infer<typeof wooRefund>;
export const refundFields = { _fields: Object.keys(wooRefund.shape).join(',') };
