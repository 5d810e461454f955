import { type BundleOffer, formBundles, type IncentiveRules, type Offer } from '#app/domains/incentives/index.ts';
import type { BundleSupport } from '#app/platforms/platform.ts';
import type { Component, Delivery, DeliveryProblem, DeliveryProduct } from './model.ts';

export type DeliveryPlan =
  | { readonly delivery: 'discount'; readonly problem: DeliveryProblem | null }
  | {
      readonly delivery: 'merge' | 'native';
      readonly components: readonly Component[];
      readonly imageUrl: string | null;
    };

const discounted = (problem: DeliveryProblem | null): DeliveryPlan => ({ delivery: 'discount', problem });

/**
 * What is done of what the merchant chose. Anything that the platform or the bundle does not allow falls back to
 * the discount, which works on every plan and beside subscriptions, at the same price.
 * @param rules keepsReserve: the whole discount leaves what the merchant's codes may take
 */
export function planDelivery(
  chosen: Delivery,
  offer: Pick<Offer, 'kind' | 'items'>,
  products: readonly DeliveryProduct[],
  support: BundleSupport,
  rules: Pick<IncentiveRules, 'combinesWith'> & { readonly keepsReserve: boolean },
  isPriceTested: boolean,
): DeliveryPlan {
  if (chosen === 'discount') return discounted(null);
  // Lines are not merged while prices are tested either, but go on by discount line by line.
  if (chosen === 'native' && isPriceTested) return discounted('price-test');
  if (offer.kind !== 'fixed') return discounted('kind');
  // A reduced price is no discount to the platform: any code comes on top of it, whatever may stand beside bundles, and
  // it cannot give way to a code that needs the room.
  const { order, product } = rules.combinesWith.product;
  if (!order || !product || !rules.keepsReserve) return discounted('codes');
  // The line that others are merged to is a bundle product as well.
  if (!support.bundleProducts || (chosen === 'merge' && !support.mergeLines)) return discounted('plan');
  if (new Set(offer.items.map((item) => item.productId)).size < offer.items.length) return discounted('same-product');
  const components: Component[] = [];
  let imageUrl: string | null = null;
  for (const item of offer.items) {
    const product = products.find((candidate) => candidate.id === item.productId);
    const fitting = (product?.variants ?? []).filter(
      (variant) => item.variantId === null || variant.id === item.variantId,
    );
    const [variant] = fitting;
    if (!product || !variant) return discounted('product-gone');
    // A merged line takes the variants that are in the cart; a product has to know them beforehand.
    if (chosen === 'native' && fitting.length > 1) return discounted('variant-choice');
    imageUrl ??= product.imageUrl;
    components.push({
      productId: product.id,
      variantId: variant.id,
      quantity: item.quantity,
      priceMinor: variant.priceMinor,
    });
  }
  return { delivery: chosen, components, imageUrl };
}

/**
 * What one bundle costs, and its parts without it: the same rules, with the margin guard, as in a cart.
 * @param costOf unit cost, null = unknown; all amounts in the shop's currency, minor units
 */
export function priceOfBundle(
  offer: BundleOffer,
  components: readonly Component[],
  rules: IncentiveRules,
  costOf: (productId: string, variantId: string) => number | null,
  currency: string,
): { readonly priceMinor: number; readonly fullPriceMinor: number } {
  const lines = components.map((component, index) => ({
    id: String(index),
    productId: component.productId,
    variantId: component.variantId,
    quantity: component.quantity,
    unitPriceMinor: component.priceMinor,
    unitCostMinor: costOf(component.productId, component.variantId),
    giftCard: false,
    sellingPlan: false,
  }));
  const cart = { currency, shopCurrency: currency, rate: '1', shippingMinor: 0, lines };
  const saving = formBundles(cart, [offer], rules).bundles.reduce((sum, bundle) => sum + bundle.discountMinor, 0);
  const fullPriceMinor = components.reduce((sum, component) => sum + component.priceMinor * component.quantity, 0);
  return { priceMinor: fullPriceMinor - saving, fullPriceMinor };
}
