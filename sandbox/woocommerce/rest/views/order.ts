import type { WooOrder, WooOrderLine, WooRefund, WooSite } from '../../model.ts';
import { money } from '../money.ts';
import type { RestContext } from '../request.ts';
import { dates } from './dates.ts';
import { imageOf, links } from './product.ts';

/** The sums of an order, smallest units. */
export function orderTotals(order: WooOrder) {
  const lines = order.lines.reduce((sum, line) => sum + line.total, 0);
  const lineTax = order.lines.reduce((sum, line) => sum + line.totalTax, 0);
  const fees = order.feeLines.reduce((sum, fee) => sum + fee.total, 0);
  const feeTax = order.feeLines.reduce((sum, fee) => sum + fee.totalTax, 0);
  const shipping = order.shippingLine?.total ?? 0;
  const shippingTax = order.shippingLine?.totalTax ?? 0;
  const cartTax = lineTax + feeTax;
  return {
    discount: order.lines.reduce((sum, line) => sum + line.subtotal - line.total, 0),
    discountTax: order.lines.reduce((sum, line) => sum + line.subtotalTax - line.totalTax, 0),
    shipping,
    shippingTax,
    cartTax,
    totalTax: cartTax + shippingTax,
    total: lines + fees + shipping + cartTax + shippingTax,
  };
}

const rateId = 1;
const metaView = (meta: WooOrder['metaData']) =>
  meta.map(({ id, key, value }) => ({ id, key, value, display_key: key, display_value: value }));
const taxesOf = (total: number, subtotal: number, site: WooSite, digits: number) =>
  site.tax === 'none'
    ? []
    : [{ id: rateId, total: money(total, site, digits), subtotal: money(subtotal, site, digits) }];

function lineView(context: RestContext, line: WooOrderLine, digits: number) {
  const { store } = context;
  const { site } = store;
  const product = store.product(line.productId);
  const variation = line.variationId === 0 ? null : (store.variations.get(line.variationId) ?? null);
  const sold = variation ?? product;
  const image = product === null ? null : imageOf(context, product);
  return {
    id: line.id,
    name: line.name,
    product_id: line.productId,
    variation_id: line.variationId,
    quantity: line.quantity,
    tax_class: '',
    subtotal: money(line.subtotal, site, digits),
    subtotal_tax: money(line.subtotalTax, site, digits),
    total: money(line.total, site, digits),
    total_tax: money(line.totalTax, site, digits),
    taxes: taxesOf(line.totalTax, line.subtotalTax, site, digits),
    meta_data: metaView(line.metaData),
    sku: sold === null ? null : sold.sku,
    global_unique_id: sold === null ? null : '',
    price: line.quantity === 0 ? 0 : line.total / 10 ** site.decimals / line.quantity,
    image: image === null ? { id: 0, src: '' } : { id: image.id, src: image.src },
    parent_name: variation === null ? null : (product?.name ?? null),
  };
}

const symbols: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£', JPY: '¥' };

export const symbolOf = (currency: string): string => symbols[currency] ?? currency;

export function orderView(context: RestContext, order: WooOrder, digits = context.store.site.decimals) {
  const { store } = context;
  const { site } = store;
  const sums = orderTotals(order);
  const amount = (minor: number): string => money(minor, site, digits);
  const paid = order.paidAt !== null;
  return {
    id: order.id,
    parent_id: 0,
    status: order.status,
    currency: order.currency,
    version: '11.0.1',
    prices_include_tax: order.pricesIncludeTax,
    ...dates('date_created', order.createdAt, site.timeZone),
    ...dates('date_modified', order.updatedAt, site.timeZone),
    discount_total: amount(sums.discount),
    discount_tax: amount(sums.discountTax),
    shipping_total: amount(sums.shipping),
    shipping_tax: amount(sums.shippingTax),
    cart_tax: amount(sums.cartTax),
    total: amount(sums.total),
    total_tax: amount(sums.totalTax),
    customer_id: order.customerId,
    order_key: order.orderKey,
    billing: order.billing,
    shipping: order.shipping,
    payment_method: order.paymentMethod,
    payment_method_title: order.paymentMethodTitle,
    transaction_id: order.transactionId,
    customer_ip_address: '',
    customer_user_agent: '',
    created_via: order.createdVia,
    customer_note: order.customerNote,
    ...dates('date_completed', order.completedAt, site.timeZone),
    ...dates('date_paid', order.paidAt, site.timeZone),
    cart_hash: '',
    number: order.id.toString(),
    meta_data: order.metaData,
    line_items: order.lines.map((line) => lineView(context, line, digits)),
    tax_lines:
      site.tax === 'none'
        ? []
        : [
            {
              id: order.taxLineId,
              rate_code: `${site.country}-VAT-1`,
              rate_id: rateId,
              label: 'VAT',
              compound: false,
              tax_total: amount(sums.cartTax),
              shipping_tax_total: amount(sums.shippingTax),
              rate_percent: site.taxRate,
              meta_data: [],
            },
          ],
    shipping_lines:
      order.shippingLine === null
        ? []
        : [
            {
              id: order.shippingLine.id,
              method_title: order.shippingLine.title,
              method_id: order.shippingLine.total === 0 ? 'free_shipping' : 'flat_rate',
              instance_id: '1',
              total: amount(order.shippingLine.total),
              total_tax: amount(order.shippingLine.totalTax),
              taxes: taxesOf(order.shippingLine.totalTax, order.shippingLine.totalTax, site, digits),
              tax_status: 'taxable',
              meta_data: [],
            },
          ],
    fee_lines: order.feeLines.map((fee) => ({
      id: fee.id,
      name: fee.name,
      tax_class: '',
      tax_status: 'taxable',
      amount: amount(fee.total),
      total: amount(fee.total),
      total_tax: amount(fee.totalTax),
      taxes: taxesOf(fee.totalTax, fee.totalTax, site, digits),
      meta_data: [],
    })),
    coupon_lines: order.couponLines.map((coupon) => ({
      id: coupon.id,
      code: coupon.code,
      discount: amount(coupon.discount),
      discount_tax: amount(coupon.discountTax),
      meta_data: [],
      discount_type: 'percent',
      nominal_amount: 0,
      free_shipping: false,
    })),
    refunds: store.refundsOf(order.id).map((refund) => ({
      id: refund.id,
      reason: refund.reason,
      total: `-${amount(refund.amount)}`,
      total_tax: amount(refund.lines.reduce((sum, line) => sum + line.totalTax, 0)),
    })),
    payment_url: `${context.siteUrl()}/checkout/order-pay/${order.id.toString()}/?pay_for_order=true&key=${order.orderKey}`,
    is_editable: ['pending', 'on-hold', 'auto-draft'].includes(order.status),
    needs_payment: ['pending', 'failed'].includes(order.status) && sums.total > 0,
    needs_processing: !paid || order.status === 'processing',
    currency_symbol: symbolOf(order.currency),
    _links: {
      ...links(context, 'orders', order.id),
      ...(order.customerId === 0
        ? {}
        : { customer: [{ href: context.restUrl(`/wc/v3/customers/${order.customerId.toString()}`) }] }),
    },
  };
}

export function refundView(context: RestContext, refund: WooRefund, digits = context.store.site.decimals) {
  const { site } = context.store;
  return {
    id: refund.id,
    ...dates('date_created', refund.createdAt, site.timeZone),
    amount: money(refund.amount, site, digits),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: false,
    meta_data: refund.metaData,
    line_items: refund.lines.map((line) =>
      lineView(
        context,
        {
          ...line,
          subtotal: line.total,
          subtotalTax: line.totalTax,
          metaData: [{ id: line.id, key: '_refunded_item_id', value: line.orderLineId.toString() }],
        },
        digits,
      ),
    ),
    shipping_lines: refund.shipping
      ? [
          {
            id: refund.shipping.id,
            method_title: '',
            method_id: '',
            total: money(refund.shipping.total, site, digits),
            total_tax: money(refund.shipping.totalTax, site, digits),
            taxes: taxesOf(refund.shipping.totalTax, refund.shipping.totalTax, site, digits),
            meta_data: [],
          },
        ]
      : [],
    tax_lines: [],
    fee_lines: [],
    _links: {
      ...links(context, `orders/${refund.orderId.toString()}/refunds`, refund.id),
      up: [{ href: context.restUrl(`/wc/v3/orders/${refund.orderId.toString()}`) }],
    },
  };
}
