import { type Cart, type DiscountConfig, formBundles } from '#app/domains/incentives/index.ts';
import { type Conversion, readConversion } from '#app/domains/incentives/rate.ts';
import type { BundleDelivery, NativeBundle } from '#app/platforms/shopify/cart-transform/delivery-config.ts';
import { formatDecimal, parseDecimal, splitByWeights } from '#app/shared/money.ts';
import type { LineExpand, TransformInput, TransformLine } from './input.ts';
import { toId } from './to-cart.ts';

/**
 * Turns each line of a bundle product into its components, each at its own price less its share of the saving,
 * as the discount Function would have shared it out. The line is known by its variant, not by what a buyer can
 * write on it.
 */
export function expandNative(input: TransformInput, config: DiscountConfig, delivery: BundleDelivery): LineExpand[] {
  return input.cart.lines.flatMap((line) => {
    if (line.merchandise.__typename !== 'ProductVariant' || line.sellingPlanAllocation !== null) return [];
    const native = delivery.native.get(toId(line.merchandise.id));
    const currency = line.cost.amountPerQuantity.currencyCode;
    const conversion = native && readConversion(String(input.presentmentCurrencyRate), config.shopCurrency, currency);
    return native && conversion ? [expansionOf(line, native, currency, conversion, input, config)] : [];
  });
}

function expansionOf(
  line: TransformLine,
  native: NativeBundle,
  currency: string,
  conversion: Conversion,
  input: TransformInput,
  config: DiscountConfig,
): LineExpand {
  const { components } = native;
  const prices = components.map((component) => conversion.nearest(component.priceMinor));
  const full = prices.reduce((sum, price, index) => sum + price * (components[index]?.quantity ?? 0), 0);
  const offer = config.bundles.filter((bundle) => bundle.id === native.bundleId);
  const cart: Cart = {
    currency,
    shopCurrency: config.shopCurrency,
    rate: String(input.presentmentCurrencyRate),
    shippingMinor: 0,
    lines: components.map((component, index) => ({
      id: String(index),
      productId: component.productId,
      variantId: component.variantId,
      quantity: component.quantity,
      unitPriceMinor: prices[index] ?? 0,
      unitCostMinor: config.costOf(component.productId, component.variantId),
      giftCard: false,
      sellingPlan: false,
    })),
  };
  const saving = formBundles(cart, offer, config.rules).bundles.reduce((sum, bundle) => sum + bundle.discountMinor, 0);
  // Never dearer than the price that stood on the bundle's page, however the market rounds it.
  const shown = parseDecimal(String(line.cost.amountPerQuantity.amount), currency);
  const shares = splitByWeights(
    Math.max(saving, full - shown),
    prices.map((price, index) => price * (components[index]?.quantity ?? 0)),
  );
  return {
    cartLineId: line.id,
    title: native.title,
    expandedCartItems: components.flatMap((component, index) =>
      unitPrices((prices[index] ?? 0) * component.quantity - (shares[index] ?? 0), component.quantity).map(
        ({ price, quantity }) => ({
          merchandiseId: `gid://shopify/ProductVariant/${component.variantId}`,
          quantity,
          price: { adjustment: { fixedPricePerUnit: { amount: formatDecimal(price, currency) } } },
          attributes: [{ key: '_trellis_bundle', value: native.bundleId }],
        }),
      ),
    ),
  };
}

/** An amount that does not divide by its units becomes two prices one minor unit apart. */
function unitPrices(total: number, quantity: number): { price: number; quantity: number }[] {
  const low = Math.floor(total / quantity);
  const higher = total - low * quantity;
  return [
    { price: low + 1, quantity: higher },
    { price: low, quantity: quantity - higher },
  ].filter((part) => part.quantity > 0);
}
