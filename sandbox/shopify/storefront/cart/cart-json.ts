import { liquidId } from '../liquid/product-drop.ts';
import { minorToHundredths } from '../liquid/money-format.ts';
import type { PricedCart, PricedLine } from './priced-cart.ts';

/** One line of `/cart.js`. Source: shopify.dev, "Cart API reference". */
export function lineJson(line: PricedLine, currency: string): Record<string, unknown> {
  const money = (minor: number): number => minorToHundredths(minor, currency);
  const total = line.unitPrice * line.quantity;
  return {
    id: liquidId(line.variant.id),
    key: line.key,
    variant_id: liquidId(line.variant.id),
    product_id: liquidId(line.product.id),
    handle: line.product.handle,
    title: line.product.title,
    product_title: line.product.title,
    variant_title: line.variant.title === 'Default Title' ? null : line.variant.title,
    quantity: line.quantity,
    properties: line.properties,
    price: money(line.unitPrice),
    original_price: money(line.unitPrice),
    original_line_price: money(total),
    final_line_price: money(total - line.discount),
    line_price: money(total - line.discount),
    total_discount: money(line.discount),
    sku: line.variant.sku,
    gift_card: line.product.isGiftCard,
    url: `/products/${line.product.handle}?variant=${line.variant.id}`,
    image: line.product.imageUrl,
    line_level_discount_allocations: line.allocations.map((allocation) => ({
      amount: money(allocation.amount),
      discount_application: { title: allocation.title },
    })),
  };
}

/** The body of `/cart.js`. */
export function cartJson(priced: PricedCart): Record<string, unknown> {
  const money = (minor: number): number => minorToHundredths(minor, priced.currency);
  return {
    token: priced.cart.token,
    note: null,
    attributes: priced.cart.attributes,
    original_total_price: money(priced.subtotalBefore),
    total_price: money(priced.subtotal),
    total_discount: money(priced.subtotalBefore - priced.subtotal),
    items_subtotal_price: money(priced.subtotal),
    item_count: priced.lines.reduce((sum, line) => sum + line.quantity, 0),
    currency: priced.currency,
    requires_shipping: priced.lines.length > 0,
    cart_level_discount_applications: priced.orderDiscounts.map((discount) => ({
      title: discount.title,
      total_allocated_amount: money(discount.amount),
    })),
    discount_codes: priced.codes,
    items: priced.lines.map((line) => lineJson(line, priced.currency)),
  };
}
