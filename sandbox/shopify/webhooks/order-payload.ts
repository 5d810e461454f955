import { shippingBefore } from '../admin-api/order-lines.ts';
import { financialStatus, refundsOf } from '../admin-api/orders.ts';
import { addressOf } from '../homes.ts';
import type { SandboxOrder, SandboxStore } from '../model.ts';
import { toMinor, toText } from '../money.ts';
import { address, customerPayload } from './customer-payload.ts';
import type { PayloadValue } from './payload-json.ts';
import { linePayload, refundPayload, set, type Payload } from './refund-payload.ts';

const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;

const codeTypes = { PRODUCT: 'percentage', ORDER: 'percentage', SHIPPING: 'shipping' } as const;

/** Its price stays what it was before discounts. */
function shippingLinePayload(order: SandboxOrder): Payload {
  const { currency, totalShipping, shippingDiscount: off } = order;
  const price = toText(shippingBefore(order), currency);
  return {
    id: BigInt(order.id) + 1n,
    carrier_identifier: null,
    code: 'Standard',
    current_discounted_price_set: set(totalShipping, currency),
    discounted_price: totalShipping,
    discounted_price_set: set(totalShipping, currency),
    is_removed: false,
    phone: null,
    price,
    price_set: set(price, currency),
    requested_fulfillment_service_id: null,
    source: 'shopify',
    title: 'Standard',
    tax_lines: [],
    discount_allocations: off
      ? [
          {
            amount: off.amount,
            amount_set: set(off.amount, currency),
            discount_application_index: off.applicationIndex,
          },
        ]
      : [],
  };
}

/** orders/* in Shopify's REST shape. */
export function orderPayload(store: SandboxStore, order: SandboxOrder): Payload {
  const { currency } = order;
  const customer = order.customerId === null ? undefined : store.customers.get(order.customerId);
  const name = customer ?? { firstName: 'Guest', lastName: 'Shopper' };
  const place = addressOf(store, order);
  const zero = toText(0, currency);
  const minor = (text: string): number => toMinor(text, currency);
  const share = (kept: number, all: number, amount: number): number =>
    all === 0 ? 0 : Math.round((amount * kept) / all);
  const gross = order.lines.reduce((sum, line) => sum + minor(line.price) * line.quantity, 0);
  const kept = order.lines.reduce((sum, line) => sum + minor(line.price) * (line.quantity - line.refundedQuantity), 0);
  const currentTotal = toText(minor(order.total) - minor(order.totalRefunded), currency);
  const currentDiscounts = toText(share(kept, gross, minor(order.totalDiscounts)), currency);
  const currentSubtotal = toText(share(kept, gross, minor(order.subtotal)), currency);
  const pairs = (key: string, amount: string): Payload => ({ [key]: amount, [`${key}_set`]: set(amount, currency) });
  const codes = order.discountApplications.flatMap((applied, index) =>
    applied.kind === 'CODE'
      ? [{ code: applied.title, amount: discountTotal(order, index), type: codeTypes[applied.targetClass] }]
      : [],
  );
  const { tags: _tags, ...buyer } = {
    tags: '',
    ...(customer === undefined ? {} : customerPayload(customer, currency)),
  };
  const { addresses: _addresses, ...short } = buyer as Payload & { addresses?: PayloadValue };
  const number = Number(order.name.replace(/\D/g, ''));
  return {
    id: BigInt(order.id),
    admin_graphql_api_id: gid('Order', order.id),
    app_id: 580111,
    name: order.name,
    number: number - 1000,
    order_number: number,
    email: order.email ?? '',
    contact_email: order.email ?? '',
    phone: null,
    created_at: order.createdAt,
    updated_at: order.updatedAt,
    processed_at: order.createdAt,
    cancelled_at: order.cancelledAt,
    cancel_reason: order.cancelledAt === null ? null : 'other',
    closed_at: null,
    confirmed: true,
    confirmation_number: order.id.slice(-9),
    currency,
    presentment_currency: currency,
    financial_status: financialStatus(order).toLowerCase(),
    fulfillment_status: null,
    test: order.test,
    browser_ip: null,
    buyer_accepts_marketing: false,
    cart_token: null,
    checkout_token: null,
    client_details: { accept_language: null, browser_height: null },
    customer_locale: customer?.locale ?? 'en',
    device_id: null,
    landing_site: null,
    landing_site_ref: null,
    location_id: null,
    merchant_business_entity_id: 'MTYwMzU4ODA1',
    merchant_of_record_app_id: null,
    note: null,
    note_attributes: order.customAttributes.map(({ key, value }) => ({ name: key, value })),
    order_status_url: `https://${store.shop.domain}/orders/${order.id}`,
    payment_gateway_names: ['bogus'],
    payment_terms: null,
    po_number: null,
    reference: null,
    referring_site: null,
    source_identifier: null,
    source_name: 'web',
    source_url: null,
    tags: '',
    tax_exempt: false,
    tax_lines: [],
    taxes_included: true,
    token: order.id.slice(-12),
    user_id: null,
    duties_included: false,
    estimated_taxes: false,
    total_weight: 0,
    ...pairs('subtotal_price', order.subtotal),
    ...pairs('total_discounts', order.totalDiscounts),
    ...pairs('total_price', order.total),
    ...pairs('total_tax', order.totalTax),
    ...pairs('total_line_items_price', toText(gross, currency)),
    ...pairs('current_subtotal_price', currentSubtotal),
    ...pairs('current_total_discounts', currentDiscounts),
    ...pairs('current_total_price', currentTotal),
    ...pairs('current_total_tax', toText(share(kept, gross, minor(order.totalTax)), currency)),
    current_shipping_price_set: set(order.totalShipping, currency),
    total_shipping_price_set: set(order.totalShipping, currency),
    current_total_additional_fees_set: null,
    current_total_duties_set: null,
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    total_cash_rounding_payment_adjustment_set: set(zero, currency),
    total_cash_rounding_refund_adjustment_set: set(zero, currency),
    total_outstanding: zero,
    total_tip_received: zero,
    discount_codes: codes,
    discount_applications: order.discountApplications.map((applied, index) => ({
      type: applied.kind === 'CODE' ? 'discount_code' : 'automatic',
      ...(applied.kind === 'CODE' ? { code: applied.title } : { title: applied.title }),
      value: discountTotal(order, index),
      value_type: 'fixed_amount',
      allocation_method: 'across',
      target_selection: applied.targetClass === 'PRODUCT' ? 'entitled' : 'all',
      target_type: applied.targetClass === 'SHIPPING' ? 'shipping_line' : 'line_item',
    })),
    line_items: order.lines.map((line) => linePayload(store, order, line)),
    line_item_groups: [],
    fulfillments: [],
    returns: [],
    refunds: refundsOf(store, order).map((refund) => refundPayload(store, order, refund)),
    shipping_lines: [shippingLinePayload(order)],
    shipping_address: address(name, place),
    billing_address: address(name, place),
    customer: customer === undefined ? null : short,
  };
}

function discountTotal(order: SandboxOrder, index: number): string {
  const parts = order.lines
    .flatMap((line) => line.discountAllocations)
    .concat(order.shippingDiscount ?? [])
    .filter((part) => part.applicationIndex === index);
  return toText(
    parts.reduce((sum, part) => sum + toMinor(part.amount, order.currency), 0),
    order.currency,
  );
}
