import { z } from 'zod';
import type { BundleId } from '#app/shared/ids.ts';

/**
 * How a bundle reaches the checkout. `discount`: its parts stay lines of their own and the saving is a discount.
 * `merge`: its parts become one line. `native`: it is a product of the store, taken apart at the checkout.
 */
export const deliverySchema = z.enum(['discount', 'merge', 'native']);
export type Delivery = z.infer<typeof deliverySchema>;

/** What was chosen for a bundle, and how far its product on the platform has come. A bundle without one has `discount`. */
export interface BundleDelivery {
  readonly bundleId: BundleId;
  readonly delivery: Delivery;
  /** the platform's product that the bundle is shown or sold as */
  readonly productId: string | null;
  readonly variantId: string | null;
  /**
   * the largest share that this may cost less than its parts, basis points: as the store took it last, and as of each change
   * since then that it has not answered; null = it has not been told
   */
  readonly soldBps: number | null;
  /** the platform is still making or changing it */
  readonly operation: string | null;
  /** why the bundle is delivered by discount although something else was chosen */
  readonly problem: DeliveryProblem | null;
}

/** `kind`: not a fixed set. `codes`: the merchant does not let codes stand beside bundles. `plan`: the store's plan does not allow it. `variant-choice`: the shopper chooses a variant.
 * `same-product`: two parts are variants of one product. `product-gone`: a part is no longer in the store.
 * `price-test`: visitors get different prices, and a product has one. `refused`: the platform refused the product. */
export const problemSchema = z.enum([
  'kind',
  'codes',
  'plan',
  'variant-choice',
  'same-product',
  'product-gone',
  'price-test',
  'refused',
]);
export type DeliveryProblem = z.infer<typeof problemSchema>;

/** A component of a bundle with its price in the shop's currency, minor units. */
export interface Component {
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly priceMinor: number;
}

/** A product of the catalog, as far as deliveries look at it. */
export interface DeliveryProduct {
  readonly id: string;
  readonly imageUrl: string | null;
  readonly variants: readonly { readonly id: string; readonly priceMinor: number; readonly costMinor: number | null }[];
}
