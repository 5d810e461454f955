import { decodeDiscountConfigs, type DiscountConfig, utf8Length } from '#app/domains/incentives/index.ts';
import { decodeDelivery } from '#app/platforms/shopify/cart-transform/delivery-config.ts';
import { expandNative } from './expand-native.ts';
import type { TransformInput, TransformOperation, TransformResult } from './input.ts';
import { mergeSets } from './merge-sets.ts';
import { toId } from './to-cart.ts';

/** Shopify refuses an output above 20,000 bytes for carts of up to 200 lines; some room is kept. */
const outputBytes = 19_500;

/**
 * Turns the lines of a bundle into one line, and a bundle that is sold as one product into its components. It
 * changes what the shopper sees, never what the discount Function would have made the cart cost: whatever it
 * leaves alone is priced there, and what it touches is no longer seen there. Without a configuration that it can
 * read whole it does nothing.
 */
export function run(input: TransformInput): TransformResult {
  const { cartTransform: own } = input;
  const delivery = decodeDelivery(own.delivery?.jsonValue);
  const config = decodeDiscountConfigs(
    [own.config1, own.config2, own.config3, own.config4, own.config5, own.config6].map(
      (metafield) => metafield?.jsonValue,
    ),
  );
  if (!delivery || !config || config.ignored > 0) return { operations: [] };
  const expansions = expandNative(input, config, delivery);
  const operations: TransformOperation[] = [];
  let bytes = 20;
  const add = (operation: TransformOperation): boolean => {
    const length = utf8Length(JSON.stringify(operation)) + 1;
    if (bytes + length > outputBytes) return false;
    bytes += length;
    operations.push(operation);
    return true;
  };
  // A native bundle that is not expanded here is expanded by Shopify, at the same price.
  for (const expansion of expansions) add({ lineExpand: expansion });
  // Which version of a price test a cart gets is known to the discount Function alone: it prices the lines apart. A
  // cart without any product of a tested bundle has the same price in every version.
  if (isTested(input, config)) return { operations };
  return { operations: [...operations, ...mergeSets(input, config, delivery, outputBytes - bytes)] };
}

function isTested(input: TransformInput, config: DiscountConfig): boolean {
  const tested = config.bundles.filter(({ id }) => config.priceTests.tests.some(({ bundleId }) => bundleId === id));
  const products = new Set(tested.flatMap(({ items }) => items.map(({ productId }) => productId)));
  return input.cart.lines.some(
    ({ merchandise }) => merchandise.__typename === 'ProductVariant' && products.has(toId(merchandise.product.id)),
  );
}
