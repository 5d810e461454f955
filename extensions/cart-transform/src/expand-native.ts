import { type Cart, type DiscountConfig, formBundles, nothingLeft, type Work } from '#app/domains/incentives/index.ts';
import { type Conversion, readConversion } from '#app/domains/incentives/rate.ts';
import type { BundleDelivery, NativeBundle } from '#app/platforms/shopify/cart-transform/delivery-config.ts';
import { formatDecimal, parseDecimal, splitByWeights } from '#app/shared/money.ts';
import { mostMinor, mostUnits, plainDecimal, variantPrefix } from '#extensions/bundle-discount/src/earned.ts';
import type { LineExpand, TransformInput, TransformLine } from './input.ts';

/**
 * Turns each line of a bundle product into its components, each at its own price less its share of the saving,
 * as the discount Function would have shared it out. The line is known by its variant, not by what a buyer can
 * write on it. A line whose price cannot be read, or for which no work is left, is Shopify's to expand.
 */
export function* expandNative(
  input: TransformInput,
  cart: Cart,
  config: DiscountConfig,
  delivery: BundleDelivery,
  work: Work,
): Generator<{ readonly lineExpand: LineExpand }> {
  const conversion = readConversion(cart.rate, cart.shopCurrency, cart.currency);
  if (!conversion) return;
  for (const line of input.cart.lines) {
    const native = line.plan === null ? delivery.native.get((line.item.id ?? '').slice(variantPrefix)) : undefined;
    const lineExpand = native && expansionOf(line, native, cart, conversion, config, work);
    if (lineExpand) yield { lineExpand };
  }
}

function expansionOf(
  line: TransformLine,
  { bundleId, title, components }: NativeBundle,
  of: Cart,
  conversion: Conversion,
  config: DiscountConfig,
  work: Work,
): LineExpand | null {
  const { amount } = line.cost.each;
  if (!plainDecimal.test(amount) || components.some(({ quantity }) => quantity > mostUnits)) return null;
  const prices = components.map((component) => conversion.nearest(component.priceMinor));
  const weights = components.map(({ quantity }, index) => (prices[index] ?? 0) * quantity);
  const full = weights.reduce((sum, weight) => sum + weight, 0);
  const shown = parseDecimal(amount, of.currency);
  if (full > mostMinor || shown < 0) return null;
  const lines = components.map(({ productId, variantId, quantity }, index) => ({
    // The order of ids is the order of the components.
    id: String(index).padStart(4, '0'),
    productId,
    variantId,
    quantity,
    unitPriceMinor: prices[index] ?? 0,
    unitCostMinor: config.costOf(productId, variantId),
    giftCard: false,
    sellingPlan: false,
  }));
  const offer = config.bundles.filter((bundle) => bundle.id === bundleId);
  const { bundles, tried } = formBundles({ ...of, lines }, offer, config.rules, nothingLeft, work);
  if (!tried) return null;
  const saving = bundles.reduce((sum, bundle) => sum + bundle.discountMinor, 0);
  // Never dearer than the price that stood on the bundle's page, however the market rounds it.
  const shares = splitByWeights(Math.max(saving, full - shown), weights);
  return {
    cartLineId: line.id,
    title,
    expandedCartItems: components.flatMap(({ variantId, quantity: units }, index) =>
      unitPrices((weights[index] ?? 0) - (shares[index] ?? 0), units).map(({ price, quantity }) => ({
        merchandiseId: `gid://shopify/ProductVariant/${variantId}`,
        quantity,
        price: { adjustment: { fixedPricePerUnit: { amount: formatDecimal(price, of.currency) } } },
        attributes: [{ key: '_trellis_bundle', value: bundleId }],
      })),
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
