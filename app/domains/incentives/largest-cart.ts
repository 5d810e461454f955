import { formBundles } from './form-bundles.ts';
import { kindOf } from './kinds/registry.ts';
import type { Cart, IncentiveRules, Offer } from './model.ts';

/** Lines of the largest cart for which platforms promise their limits. */
const mostLines = 200;

/** Every product that an offer names, each once. */
function productsOf(offer: Offer): ReadonlySet<string> {
  const gifts = kindOf(offer).goals?.(offer).gifts.flat() ?? [];
  return new Set([...offer.items, ...gifts].map((item) => item.productId));
}

/** A cart of the products that most offers name: the one in which there is most to try. */
function largestCart(offers: readonly Offer[]): Cart {
  const named = new Map<string, number>();
  for (const offer of offers) for (const id of productsOf(offer)) named.set(id, (named.get(id) ?? 0) + 1);
  const variants = new Map(offers.flatMap(({ items }) => items).map((item) => [item.productId, item.variantId]));
  const products = [...named].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, mostLines);
  return {
    currency: 'USD',
    shopCurrency: 'USD',
    rate: '1.0',
    shippingMinor: 0,
    lines: products.map(([productId], at) => ({
      id: productId,
      productId,
      variantId: variants.get(productId) ?? null,
      quantity: 3,
      unitPriceMinor: 1000 + at * 7,
      unitCostMinor: null,
      giftCard: false,
      sellingPlan: false,
    })),
  };
}

/**
 * Whether the checkout can try all of these offers even in a cart of 200 products that they name. Where it cannot, it
 * tries them in the order of their ids as far as the work reaches (`work.ts`); smaller carts are not concerned.
 * @param offers that are live together
 */
export function areAllTried(offers: readonly Offer[], rules: IncentiveRules): boolean {
  return formBundles(largestCart(offers), offers, rules).tried;
}
