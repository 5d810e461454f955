import type { SandboxStore } from '../../model.ts';
import type { PricedCart } from '../cart/priced-cart.ts';
import { minorToHundredths } from './money-format.ts';
import { liquidId, productDrop, variantDrop } from './product-drop.ts';

/** Liquid's `cart`, from a cart that was priced with its discounts. */
export function cartDrop(store: SandboxStore, priced: PricedCart) {
  const liquid = (minor: number): number => minorToHundredths(minor, priced.currency);
  return {
    token: priced.cart.token,
    item_count: priced.lines.reduce((sum, line) => sum + line.quantity, 0),
    currency: { iso_code: store.shop.currency },
    attributes: priced.cart.attributes,
    note: '',
    original_total_price: liquid(priced.subtotalBefore),
    total_price: liquid(priced.subtotal),
    items_subtotal_price: liquid(priced.subtotal),
    total_discount: liquid(priced.subtotalBefore - priced.subtotal),
    cart_level_discount_applications: priced.orderDiscounts.map((discount) => ({
      title: discount.title,
      total_allocated_amount: liquid(discount.amount),
    })),
    discount_codes: priced.codes,
    get items() {
      return priced.lines.map((line) => ({
        key: line.key,
        id: liquidId(line.variant.id),
        product_id: liquidId(line.product.id),
        variant_id: liquidId(line.variant.id),
        title: line.product.title,
        quantity: line.quantity,
        properties: line.properties,
        gift_card: line.product.isGiftCard,
        price: liquid(line.unitPrice),
        original_line_price: liquid(line.unitPrice * line.quantity),
        final_line_price: liquid(line.unitPrice * line.quantity - line.discount),
        url: `/products/${line.product.handle}?variant=${line.variant.id}`,
        image: line.product.imageUrl,
        variant: variantDrop(line.product, line.variant),
        get product() {
          return productDrop(store, line.product);
        },
        line_level_discount_allocations: line.allocations.map((allocation) => ({
          amount: liquid(allocation.amount),
          discount_application: { title: allocation.title },
        })),
      }));
    },
  };
}
