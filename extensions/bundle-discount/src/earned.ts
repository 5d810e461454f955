import {
  type BundleFormation,
  type Cart,
  type CartLine,
  decodeDiscountConfigs,
  type DiscountConfig,
  formBundles,
  offersFor,
  visitorOf,
} from '#app/domains/incentives/index.ts';
import { parseDecimal } from '#app/shared/money.ts';
import type { FunctionInput, FunctionLine } from './input.ts';

/** What a cart earns by the published configuration. */
export interface Earned {
  readonly cart: Cart;
  readonly config: DiscountConfig;
  readonly formation: BundleFormation;
}

/** Null when the discount is not of class PRODUCT or has no readable configuration. */
export function readEarned({ discount, cart, presentmentCurrencyRate }: FunctionInput): Earned | null {
  if (!discount.discountClasses.includes('PRODUCT')) return null;
  const config = decodeDiscountConfigs(
    [discount.config1, discount.config2, discount.config3, discount.config4, discount.config5, discount.config6].map(
      (metafield) => metafield?.jsonValue,
    ),
  );
  if (!config) return null;
  const currency = cart.cost.subtotalAmount.currencyCode;
  const known: Cart = {
    currency,
    shopCurrency: config.shopCurrency,
    rate: String(presentmentCurrencyRate),
    shippingMinor: 0,
    lines: cart.lines.flatMap((line) => toLine(line, currency, config) ?? []),
  };
  const offers = offersFor(config.bundles, config.priceTests, visitorOf(cart.visitor?.value));
  return { cart: known, config, formation: formBundles(known, offers, config.rules) };
}

/** gid://shopify/Product/123 → 123 */
function toId(gid: string): string {
  return gid.slice(gid.lastIndexOf('/') + 1);
}

/** Null for what no offer is about: custom products, and products that no offer looks at. */
function toLine(line: FunctionLine, currency: string, config: DiscountConfig): CartLine | null {
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
