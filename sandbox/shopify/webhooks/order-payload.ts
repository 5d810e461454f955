import { financialStatus, refundsOf } from '../admin-api/orders.ts';
import type { SandboxCustomer, SandboxOrder, SandboxOrderLine, SandboxRefund, SandboxStore } from '../model.ts';
import { split, toMinor, toText } from '../money.ts';
import type { PayloadValue } from './payload-json.ts';

type Payload = { readonly [key: string]: PayloadValue };

const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;
const set = (amount: string, currency: string): Payload => ({
  shop_money: { amount, currency_code: currency },
  presentment_money: { amount, currency_code: currency },
});

/** The sandbox's shoppers all live at one made-up address. */
function address(name: { firstName: string; lastName: string }): Payload {
  return {
    first_name: name.firstName,
    last_name: name.lastName,
    name: `${name.firstName} ${name.lastName}`,
    address1: 'Lindenstrasse 1',
    address2: null,
    city: 'Berlin',
    company: null,
    country: 'Germany',
    country_code: 'DE',
    province: 'Berlin',
    province_code: 'BE',
    zip: '10969',
    phone: '+49301234567',
    latitude: 52.5,
    longitude: 13.4,
  };
}

export function customerPayload(customer: SandboxCustomer, currency: string): Payload {
  const home = {
    ...address(customer),
    id: BigInt(customer.id) + 1n,
    customer_id: BigInt(customer.id),
    country_name: 'Germany',
    default: true,
    address2: '',
    company: '',
  };
  const { latitude: _latitude, longitude: _longitude, ...place } = home as Payload;
  return {
    id: BigInt(customer.id),
    admin_graphql_api_id: gid('Customer', customer.id),
    email: customer.email ?? '',
    first_name: customer.firstName,
    last_name: customer.lastName,
    created_at: customer.createdAt,
    updated_at: customer.updatedAt,
    currency,
    state: 'enabled',
    note: '',
    phone: null,
    multipass_identifier: null,
    tax_exempt: false,
    tax_exemptions: [],
    verified_email: true,
    addresses: [place],
    default_address: place,
  };
}

function linePayload(store: SandboxStore, order: SandboxOrder, line: SandboxOrderLine): Payload {
  const currency = order.currency;
  const found = line.variantId === null ? null : store.variant(line.variantId);
  const zero = toText(0, currency);
  return {
    id: BigInt(line.id),
    admin_graphql_api_id: gid('LineItem', line.id),
    product_id: line.productId === null ? null : BigInt(line.productId),
    variant_id: line.variantId === null ? null : BigInt(line.variantId),
    title: line.title,
    name: line.title,
    variant_title: found?.variant.title ?? null,
    vendor: found?.product.vendor ?? null,
    sku: line.sku,
    quantity: line.quantity,
    current_quantity: line.quantity - line.refundedQuantity,
    fulfillable_quantity: line.quantity - line.refundedQuantity,
    fulfillment_service: 'manual',
    fulfillment_status: null,
    gift_card: false,
    grams: 500,
    price: line.price,
    price_set: set(line.price, currency),
    product_exists: found !== null,
    properties: line.customAttributes.map(({ key, value }) => ({ name: key, value })),
    requires_shipping: true,
    taxable: true,
    total_discount: zero,
    total_discount_set: set(zero, currency),
    variant_inventory_management: found?.variant.tracked === true ? 'shopify' : null,
    attributed_staffs: [],
    duties: [],
    tax_lines: [],
    sales_line_item_group_id: null,
    discount_allocations: line.discountAllocations.map((part) => ({
      amount: part.amount,
      amount_set: set(part.amount, currency),
      discount_application_index: part.applicationIndex,
    })),
  };
}

/** orders/* in Shopify's REST shape. */
export function orderPayload(store: SandboxStore, order: SandboxOrder): Payload {
  const { currency } = order;
  const customer = order.customerId === null ? undefined : store.customers.get(order.customerId);
  const name = customer ?? { firstName: 'Guest', lastName: 'Shopper' };
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
    applied.kind === 'CODE' ? [{ code: applied.title, amount: discountTotal(order, index), type: 'percentage' }] : [],
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
    refunds: refundsOf({ store } as never, order).map((refund) => refundPayload(store, order, refund)),
    shipping_lines: [],
    shipping_address: address(name),
    billing_address: address(name),
    customer: customer === undefined ? null : short,
  };
}

function discountTotal(order: SandboxOrder, index: number): string {
  const parts = order.lines
    .flatMap((line) => line.discountAllocations)
    .filter((part) => part.applicationIndex === index);
  return toText(
    parts.reduce((sum, part) => sum + toMinor(part.amount, order.currency), 0),
    order.currency,
  );
}

/** refunds/create in Shopify's REST shape. */
export function refundPayload(store: SandboxStore, order: SandboxOrder, refund: SandboxRefund): Payload {
  const { currency } = order;
  const zero = toText(0, currency);
  const taxes = split(
    Math.round((toMinor(refund.amount, currency) * 20) / 120),
    refund.lines.map((part) => toMinor(part.subtotal, currency)),
  );
  return {
    id: BigInt(refund.id),
    admin_graphql_api_id: gid('Refund', refund.id),
    order_id: BigInt(order.id),
    created_at: refund.createdAt,
    processed_at: refund.createdAt,
    note: '',
    restock: refund.restock,
    user_id: 548_380_009,
    return: null,
    duties: [],
    order_adjustments: [],
    refund_shipping_lines: [],
    total_duties_set: set(zero, currency),
    refund_line_items: refund.lines.flatMap((part, index) => {
      const line = order.lines.find((candidate) => candidate.id === part.lineId);
      if (line === undefined) return [];
      const {
        attributed_staffs: _staffs,
        current_quantity: _current,
        sales_line_item_group_id: _group,
        ...item
      } = linePayload(store, order, line) as Payload & {
        attributed_staffs: PayloadValue;
        current_quantity: PayloadValue;
        sales_line_item_group_id: PayloadValue;
      };
      const tax = toText(taxes[index] ?? 0, currency);
      return [
        {
          id: BigInt(part.id),
          line_item_id: BigInt(part.lineId),
          line_item: item,
          location_id: null,
          quantity: part.quantity,
          restock_type: refund.restock ? 'return' : 'no_restock',
          subtotal: Number(part.subtotal),
          subtotal_set: set(part.subtotal, currency),
          total_tax: Number(tax),
          total_tax_set: set(tax, currency),
        },
      ];
    }),
    transactions: [
      {
        id: BigInt(refund.id) + 1n,
        admin_graphql_api_id: gid('OrderTransaction', (BigInt(refund.id) + 1n).toString()),
        order_id: BigInt(order.id),
        amount: refund.amount,
        amount_rounding: null,
        authorization: null,
        created_at: refund.createdAt,
        processed_at: refund.createdAt,
        currency,
        device_id: null,
        error_code: null,
        gateway: 'bogus',
        kind: 'refund',
        location_id: null,
        manual_payment_gateway: false,
        message: null,
        parent_id: null,
        payment_id: `${order.name}.1`,
        receipt: {},
        source_name: 'web',
        status: 'success',
        test: false,
        total_unsettled_set: { presentment_money: { amount: zero, currency }, shop_money: { amount: zero, currency } },
        user_id: null,
      },
    ],
  };
}
