import { isDeepStrictEqual } from 'node:util';
import type { AnyBundle, BundleProduct } from '#app/domains/bundles/index.ts';
import { type IncentiveRules, type Offer, safeDiscount, withReserve } from '#app/domains/incentives/index.ts';

/**
 * Whether the whole discount of a set leaves what the merchant's codes may take, whatever units are chosen: then its
 * price need not give way to a code. At the catalog's prices, in the shop's currency; true for everything but sets,
 * which have no price of their own.
 */
export function keepsReserve(
  offer: Offer | AnyBundle,
  products: readonly BundleProduct[],
  rules: IncentiveRules,
): boolean {
  if (offer.kind !== 'fixed') return true;
  return isDeepStrictEqual(safeDiscount(offer, products, withReserve(rules)), safeDiscount(offer, products, rules));
}
