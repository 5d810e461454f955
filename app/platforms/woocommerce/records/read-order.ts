import { z } from 'zod';
import { orderSchema, type WooOrder } from './order-schema.ts';
import { type Meta, readCount, readCurrency, readGmt, readText } from './values.ts';

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

function readId(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  return typeof value === 'string' && /^\d{1,30}$/.test(value) ? value : null;
}

function readOptionalId(value: unknown): string | null {
  const id = readId(value);
  return id === '0' ? null : id;
}

/** The members that can be read. */
function readList<T>(value: unknown, read: (node: Node) => T | null): T[] {
  const list: T[] = [];
  if (!Array.isArray(value)) return list;
  for (const one of value as unknown[]) {
    const member = isNode(one) ? read(one) : null;
    if (member !== null) list.push(member);
  }
  return list;
}

const readMeta = (value: unknown): Meta =>
  readList(value, (node) => (typeof node['key'] === 'string' ? { key: node['key'], value: node['value'] } : null));

function readLine(node: Node): WooOrder['line_items'][number] | null {
  const id = readId(node['id']);
  if (id === null) return null;
  return {
    id,
    name: readText(node['name']),
    product_id: readOptionalId(node['product_id']),
    variation_id: readOptionalId(node['variation_id']),
    quantity: readCount(node['quantity'], 0),
    subtotal: readText(node['subtotal']),
    subtotal_tax: readText(node['subtotal_tax']),
    total: readText(node['total']),
    total_tax: readText(node['total_tax']),
    taxes: readList(node['taxes'], (tax) => {
      const rate = readId(tax['id']);
      return rate === null ? null : { id: rate, total: readText(tax['total']) };
    }),
    meta_data: readMeta(node['meta_data']),
  };
}

function readRefund(node: Node): WooOrder['refunds'][number] | null {
  const id = readId(node['id']);
  return id === null ? null : { id, total: readText(node['total']) };
}

function readAddress(value: unknown): WooOrder['billing'] {
  if (!isNode(value)) return null;
  return {
    first_name: readText(value['first_name']),
    last_name: readText(value['last_name']),
    address_1: readText(value['address_1']),
    address_2: readText(value['address_2']),
    postcode: readText(value['postcode']),
    city: readText(value['city']),
    country: readText(value['country']),
    state: readText(value['state']),
    phone: readText(value['phone']),
    email: readText(value['email']),
  };
}

/** What `orderSchema` makes of it, at a tenth of its time; null for what that refuses. */
function readOrder(value: unknown): WooOrder | null {
  if (!isNode(value)) return null;
  const id = readId(value['id']);
  const currency = value['currency'];
  if (id === null || typeof currency !== 'string') return null;
  return {
    id,
    number: readText(value['number']),
    status: readText(value['status']),
    currency: readCurrency(currency),
    customer_id: readOptionalId(value['customer_id']),
    billing: readAddress(value['billing']),
    shipping: readAddress(value['shipping']),
    prices_include_tax: value['prices_include_tax'] === true,
    discount_total: readText(value['discount_total']),
    discount_tax: readText(value['discount_tax']),
    shipping_total: readText(value['shipping_total']),
    shipping_tax: readText(value['shipping_tax']),
    total: readText(value['total']),
    date_created_gmt: readGmt(value['date_created_gmt']),
    date_modified_gmt: readGmt(value['date_modified_gmt']),
    meta_data: readMeta(value['meta_data']),
    line_items: readList(value['line_items'], readLine),
    tax_lines: readList(value['tax_lines'], (node) => {
      const rate = readId(node['rate_id']);
      return rate === null ? null : { rate_id: rate, rate_percent: readText(node['rate_percent']) };
    }),
    coupon_lines: readList(value['coupon_lines'], (node) => ({
      code: readText(node['code']),
      discount: readText(node['discount']),
      discount_tax: readText(node['discount_tax']),
    })),
    refunds: readList(value['refunds'], readRefund),
  };
}

/**
 * An order of the store. The schema says what one is and words what is wrong with it; as an import reads hundreds of
 * thousands of lines, those that are fine are read by hand.
 */
export const wooOrder = z.unknown().transform((value, context): WooOrder => {
  const order = readOrder(value);
  if (order !== null) return order;
  const checked = orderSchema.safeParse(value);
  if (checked.success) return checked.data;
  for (const { path, message } of checked.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});
