import { decodeDiscountConfigs, utf8Length, workForCart } from '#app/domains/incentives/index.ts';
import { decodeDelivery } from '#app/platforms/shopify/cart-transform/delivery-config.ts';
import { expandNative } from './expand-native.ts';
import type { TransformInput, TransformOperation, TransformResult } from './input.ts';
import { mergeSets } from './merge-sets.ts';
import { parseJson } from './parse-json.ts';
import { toCart } from './to-cart.ts';

/** Shopify refuses an output above 20,000 bytes for carts of up to 200 lines; some room is kept. */
const outputBytes = 19_500;

/**
 * Work for everything that is priced in one run, less than the discount has: what is beside it (reading the delivery,
 * each line's mark, writing the lines) costs about as much again. Where it is used up nothing more is done.
 */
const mostWork = 160_000;

/**
 * Turns the lines of a bundle into one line, and a bundle that is sold as one product into its components. It
 * changes what the shopper sees, never what the discount Function would have made the cart cost: whatever it
 * leaves alone is priced there, and what it touches is no longer seen there. Without a configuration that it can
 * read whole it does nothing.
 */
export function run(input: TransformInput): TransformResult {
  const { cartTransform: own } = input;
  const delivery = decodeDelivery(parseJson(own.delivery?.value));
  const config = decodeDiscountConfigs(
    [own.config1, own.config2, own.config3, own.config4, own.config5, own.config6].map((metafield) => metafield?.value),
  );
  const currency = input.cart.lines[0]?.cost.each.currencyCode;
  if (!delivery || !config || config.ignored > 0 || currency === undefined) return { operations: [] };
  const cart = toCart(input, config, currency);
  const work = { left: Math.min(mostWork, workForCart(config.bundles).left) };
  const operations: TransformOperation[] = [];
  let bytes = 20;
  const fits = (operation: TransformOperation): boolean => {
    bytes += utf8Length(JSON.stringify(operation)) + 1;
    return bytes <= outputBytes;
  };
  for (const operation of expandNative(input, cart, config, delivery, work)) {
    // A native bundle that is not expanded here is expanded by Shopify, at the same price.
    if (!fits(operation)) return { operations };
    operations.push(operation);
  }
  return { operations: [...operations, ...mergeSets(input, cart, config, delivery, work, fits)] };
}
