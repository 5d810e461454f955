import { z } from 'zod';
import { marks, readMark } from '#app/platforms/marks.ts';
import type { PlatformOrder, PlatformOrderLine, PlatformShipping } from '#app/platforms/platform.ts';
import { isUuid } from '#app/shared/ids.ts';
import { toBuyer } from './buyer.ts';
import { type Purse, purseOf } from './exchange.ts';
import { goodwillOf, refundedUnits } from './goodwill.ts';
import type { WooOrder, WooRefund } from './order-schema.ts';
import { toPlainText } from './plain-text.ts';
import { highestTax } from './tax.ts';
import { type Meta, metaText } from './values.ts';

/** Orders in these states are no sale (yet, or any more). 'on-hold' waits for a transfer and is one. */
const noSale: ReadonlySet<string> = new Set([
  'pending',
  'failed',
  'cancelled',
  'checkout-draft',
  'auto-draft',
  'trash',
]);

const markOf = (list: Meta, key: string) => readMark([{ key, value: metaText(list, key) }], key);

/** What our plugin writes on a line: what each of our offers took off it, in minor units. */
const discountsKey = '_trellis_discounts';
const offDiscounts = z.record(z.string(), z.number().int().positive());
/** Our offers stand on an order as coupons with this in front of their ids. */
const couponPrefix = 'trellis:';

/**
 * Which offers took how much off a line. One whose coupon the merchant took off the order does not count any more,
 * although the line still names it.
 */
function offersOn(list: Meta, standing: ReadonlySet<string>): (readonly [id: string, minor: number])[] {
  const text = metaText(list, discountsKey);
  if (text === null) return [];
  const read = offDiscounts.safeParse(parseJson(text));
  return Object.entries(read.data ?? {})
    .map(([id, minor]) => [id.toLowerCase(), minor] as const)
    .filter(([id]) => isUuid(id) && standing.has(id));
}

/** The offer that took most off. */
function largestOf(offers: readonly (readonly [id: string, minor: number])[]): string | null {
  const most = Math.max(...offers.map(([, minor]) => minor));
  return offers.find(([, minor]) => minor === most)?.[0] ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/**
 * Orders that a subscription made or that took one up again: what they hold is bought with it.
 * Source: WooCommerce Subscriptions, WCS_Related_Order_Store, order meta `_subscription_<relation>`.
 */
const subscriptionKeys = ['_subscription_renewal', '_subscription_resubscribe', '_subscription_switch'];
/** A plan that the shopper chose for a usual product. Source: All Products for WooCommerce Subscriptions, WCS_ATT_Order. */
const schemeKey = '_wcsatt_scheme';

/** Products that are subscriptions themselves are told by our plugin, which sees them at the checkout. */
function isRepeating(order: Meta, line: Meta): boolean {
  const scheme = metaText(line, schemeKey);
  return (
    markOf(line, marks.sellingPlan) !== null ||
    (scheme !== null && scheme !== '' && scheme !== '0') ||
    subscriptionKeys.some((key) => metaText(order, key) !== null)
  );
}

/** Unit prices as the shopper saw them: with tax where the store's prices include it. */
function toLine(
  node: WooOrder['line_items'][number],
  purse: Purse,
  withTax: boolean,
  refunded: number,
  { standing, meta }: { readonly standing: ReadonlySet<string>; readonly meta: Meta },
): PlatformOrderLine {
  const sum = (net: string, tax: string) => purse.amount(net) + (withTax ? purse.amount(tax) : 0);
  const quantity = Math.max(0, node.quantity);
  const unitPriceMinor = quantity === 0 ? 0 : Math.round(sum(node.subtotal, node.subtotal_tax) / quantity);
  const paid = sum(node.total, node.total_tax);
  const before = quantity * unitPriceMinor;
  // A cent that three units do not share evenly is no discount.
  const discountMinor = Math.abs(before - paid) < quantity ? 0 : Math.max(0, before - paid);
  const offers = offersOn(node.meta_data, standing);
  return {
    id: node.id,
    productId: node.product_id,
    // A product without variations is its own variant.
    variantId: node.variation_id ?? node.product_id,
    title: toPlainText(node.name),
    quantity,
    unitPriceMinor,
    discountMinor,
    refundedQuantity: Math.min(quantity, refunded),
    // What the checkout reduced counts more than where the shopper put the product into the cart.
    bundleId: largestOf(offers) ?? markOf(node.meta_data, marks.bundle),
    gifts: offers.map(([id, minor]) => ({ minor: Math.min(discountMinor, purse.minor(minor)), of: [id] })),
    source: markOf(node.meta_data, marks.source),
    sellingPlan: isRepeating(meta, node.meta_data),
  };
}

/**
 * What our plugin writes on an order: what our goals and codes took off its delivery, a decimal amount in the order's
 * currency, with tax where the store's prices contain it. Nobody tells of other discounts.
 */
const shippingOffKey = '_trellis_shipping_off';
/** And the goal that made it free, if one did. */
const freeShippingKey = '_trellis_free_shipping';

function shippingOf(node: WooOrder, purse: Purse): PlatformShipping {
  const paidMinor = purse.amount(node.shipping_total) + (node.prices_include_tax ? purse.amount(node.shipping_tax) : 0);
  const off = metaText(node.meta_data, shippingOffKey);
  const minor = off === null ? 0 : purse.amount(off);
  if (minor === 0) return { paidMinor };
  const goal = metaText(node.meta_data, freeShippingKey)?.toLowerCase() ?? '';
  return { paidMinor, off: [{ minor, by: 'ours', ...(isUuid(goal) && { of: [goal] }) }] };
}

/**
 * @param refunds those of the order with their lines
 * @param storeCurrency for orders that need it (`needsStoreCurrency`)
 */
export function toOrder(
  node: WooOrder,
  refunds: readonly WooRefund[],
  storeCurrency: string | null = null,
): PlatformOrder {
  const purse = purseOf(node.currency.toUpperCase(), node.meta_data, storeCurrency);
  const units = refundedUnits(refunds);
  const withTax = node.prices_include_tax;
  const codes = node.coupon_lines.map(({ code }) => code.toLowerCase());
  const standing = new Set(
    codes.flatMap((code) => (code.startsWith(couponPrefix) ? [code.slice(couponPrefix.length)] : [])),
  );
  const context = { standing, meta: node.meta_data };
  const lines = node.line_items.map((one) => toLine(one, purse, withTax, units.get(one.id) ?? 0, context));
  const placedAt = node.date_created_gmt ?? node.date_modified_gmt ?? new Date(0);
  const updatedAt = node.date_modified_gmt ?? placedAt;
  const totalMinor = purse.amount(node.total);
  const refundedMinor = node.refunds.reduce((sum, refund) => sum + purse.amount(refund.total), 0);
  const goodwillMinor = goodwillOf(node, refunds, purse);
  return {
    id: node.id,
    name: `#${toPlainText(node.number) || node.id}`,
    customerId: node.customer_id,
    placedAt,
    updatedAt,
    cancelledAt: noSale.has(node.status) ? updatedAt : null,
    currency: purse.currency,
    subtotalMinor: lines.reduce((sum, one) => sum + one.quantity * one.unitPriceMinor, 0),
    discountMinor: purse.amount(node.discount_total) + (withTax ? purse.amount(node.discount_tax) : 0),
    totalMinor,
    // Set to "refunded" by hand, an order may have no refund of its own.
    refundedMinor: node.status === 'refunded' ? Math.max(totalMinor, refundedMinor) : refundedMinor,
    ...(goodwillMinor === undefined ? {} : { goodwillMinor }),
    shipping: shippingOf(node, purse),
    visitorId: markOf(node.meta_data, marks.visitor),
    test: false,
    codes: node.coupon_lines
      .filter(({ code }) => !code.toLowerCase().startsWith(couponPrefix))
      .map(({ code, discount, discount_tax: tax }) => ({
        code,
        discountMinor: purse.amount(discount) + (withTax ? purse.amount(tax) : 0),
      })),
    referral: markOf(node.meta_data, marks.referral),
    ...highestTax(node),
    buyer: toBuyer(node),
    lines,
  };
}
