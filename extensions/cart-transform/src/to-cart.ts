import type { Cart, CartLine, DiscountConfig } from '#app/domains/incentives/index.ts';
import { parseDecimal } from '#app/shared/money.ts';
import type { TransformInput, TransformLine } from './input.ts';

/** gid://shopify/Product/123 → 123 */
export function toId(gid: string): string {
  return gid.slice(gid.lastIndexOf('/') + 1);
}

/** The cart as the discount Function sees it: the lines of products that some bundle names. */
export function toCart(input: TransformInput, config: DiscountConfig, currency: string): Cart {
  return {
    currency,
    shopCurrency: config.shopCurrency,
    rate: String(input.presentmentCurrencyRate),
    shippingMinor: 0,
    lines: input.cart.lines.flatMap((line) => toLine(line, currency, config) ?? []),
  };
}

function toLine(line: TransformLine, currency: string, config: DiscountConfig): CartLine | null {
  if (line.merchandise.__typename !== 'ProductVariant') return null;
  const productId = toId(line.merchandise.product.id);
  if (!config.concerns(productId)) return null;
  const variantId = toId(line.merchandise.id);
  return {
    id: line.id,
    productId,
    variantId,
    quantity: line.quantity,
    unitPriceMinor: parseDecimal(String(line.cost.amountPerQuantity.amount), currency),
    unitCostMinor: config.costOf(productId, variantId),
    giftCard: line.merchandise.product.isGiftCard,
    sellingPlan: line.sellingPlanAllocation !== null,
  };
}
