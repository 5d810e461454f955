import type { SandboxOrder, SandboxOrderLine, SandboxRefund, SandboxStore } from '../model.ts';
import { split, toMinor, toText } from '../money.ts';
import type { PayloadValue } from './payload-json.ts';
import { taxesOn } from '../tax.ts';

export type Payload = { readonly [key: string]: PayloadValue };

const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;
/** An amount in shop and presentment money. */
export const set = (amount: string, currency: string): Payload => ({
  shop_money: { amount, currency_code: currency },
  presentment_money: { amount, currency_code: currency },
});

/** A line of an order. */
export function linePayload(store: SandboxStore, order: SandboxOrder, line: SandboxOrderLine): Payload {
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
    tax_lines: taxesOn(order, line).map(({ rate, minor }) => {
      const price = toText(minor, currency);
      return { title: 'VAT', rate, price, price_set: set(price, currency), channel_liable: false };
    }),
    sales_line_item_group_id: line.group === undefined ? null : Number(line.group.id),
    discount_allocations: line.discountAllocations.map((part) => ({
      amount: part.amount,
      amount_set: set(part.amount, currency),
      discount_application_index: part.applicationIndex,
    })),
  };
}

/** What a refund gave back beyond its lines and shipping; since 2024-10 without a kind. */
function adjustments(order: SandboxOrder, refund: SandboxRefund): Payload[] {
  const { currency } = order;
  const beyond = toMinor(refund.beyond ?? '0', currency);
  if (beyond === 0) return [];
  const [amount, zero] = [toText(-beyond, currency), toText(0, currency)];
  return [
    {
      id: BigInt(refund.id) + 2n,
      order_id: BigInt(order.id),
      refund_id: BigInt(refund.id),
      amount,
      amount_set: set(amount, currency),
      tax_amount: zero,
      tax_amount_set: set(zero, currency),
      reason: 'Refund discrepancy',
    },
  ];
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
    order_adjustments: adjustments(order, refund),
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
