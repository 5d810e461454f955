import { isDeepStrictEqual } from 'node:util';
import type { AnyBundle, BundleProduct } from '#app/domains/bundles/index.ts';
import { floorOf, type IncentiveRules, type Offer, safeDiscount, withReserve } from '#app/domains/incentives/index.ts';

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
  const reserved = withReserve(rules, leastFloor(offer.items, products, rules));
  return isDeepStrictEqual(safeDiscount(offer, products, reserved), safeDiscount(offer, products, rules));
}

/** What the set must cost at least, whatever units are chosen: the smaller it is, the larger is an amount beside it. */
function leastFloor(items: Offer['items'], products: readonly BundleProduct[], rules: IncentiveRules): number {
  const floors = items.map((item) => {
    const variants = products.find(({ id }) => id === item.productId)?.variants ?? [];
    const able = variants.filter(({ id }) => item.variantId === null || id === item.variantId);
    const each = able.map(({ priceMinor, costMinor }) => floorOf(priceMinor, costMinor, rules));
    return each.length === 0 ? 0 : Math.min(...each) * item.quantity;
  });
  return floors.reduce((sum, floor) => sum + floor, 0);
}
