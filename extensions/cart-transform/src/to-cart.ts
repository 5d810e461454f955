import type { Cart, DiscountConfig } from '#app/domains/incentives/index.ts';
import { readLines } from '#extensions/bundle-discount/src/earned.ts';
import type { TransformInput } from './input.ts';

/** The cart as the discount Function sees it: the lines of products that some bundle names. */
export function toCart(input: TransformInput, config: DiscountConfig, currency: string): Cart {
  return {
    currency,
    shopCurrency: config.shopCurrency,
    rate: String(input.presentmentCurrencyRate),
    shippingMinor: 0,
    lines: readLines(input.cart.lines, currency, config),
  };
}
