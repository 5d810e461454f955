import { costOf, floorOf, guardDiscount, marginBps, percentageOf } from './margin.ts';
import type { BundleOffer, DiscountValue, IncentiveRules } from './model.ts';
import type { GuardOutcome } from './outcome.ts';
import type { PreviewProduct, PreviewVariant } from './preview-product.ts';
import { safeDiscount } from './safe-discount.ts';

export type PreviewWarning = 'below-margin' | 'cost-assumed' | 'no-saving' | 'unknown-product';

/** One bundle at today's prices, shop-currency minor units. */
export interface BundlePreview {
  readonly priceBeforeMinor: number;
  /** what really comes off, after the guard */
  readonly savingMinor: number;
  readonly finalPriceMinor: number;
  /** what the offer promises, before the guard */
  readonly wantedSavingMinor: number;
  /** the saving in basis points of the price, rounded down */
  readonly savingBps: number;
  /** margin of the bundle after the discount and without tax, basis points; null when the price is 0 */
  readonly marginAfterBps: number | null;
  readonly guard: GuardOutcome;
  /** what the storefront promises for every choice of units; null = nothing can be promised */
  readonly promised: DiscountValue | null;
  readonly warnings: readonly PreviewWarning[];
}

/**
 * Prices one bundle as the editor and the storefront show it. "Any variant" shows the cheapest one; a
 * mix-and-match shows its cheapest units in turn, one of each product until it is full. The same guard as
 * in the cart applies, so that nobody is shown a price that the checkout would not give.
 */
export function previewBundle(
  offer: Pick<BundleOffer, 'kind' | 'pickCount' | 'discount' | 'items'>,
  products: readonly PreviewProduct[],
  rules: IncentiveRules,
): BundlePreview {
  const warnings = new Set<PreviewWarning>();
  const choices = offer.items.flatMap((item) => {
    const product = products.find((candidate) => candidate.id === item.productId);
    const variants = (product?.variants ?? []).filter(
      (variant) => item.variantId === null || variant.id === item.variantId,
    );
    const cheapest = [...variants].sort((a, b) => a.priceMinor - b.priceMinor)[0];
    if (!cheapest) warnings.add('unknown-product');
    return cheapest ? [{ variant: cheapest, quantity: item.quantity }] : [];
  });
  const units =
    offer.kind === 'fixed'
      ? choices
      : spread(
          choices.map(({ variant }) => variant),
          offer.pickCount,
        );

  let price = 0;
  let floor = 0;
  let cost = 0;
  for (const { variant, quantity } of units) {
    if (variant.costMinor === null) warnings.add('cost-assumed');
    price += variant.priceMinor * quantity;
    floor += floorOf(variant.priceMinor, variant.costMinor, rules) * quantity;
    cost += costOf(variant.priceMinor, variant.costMinor, rules) * quantity;
  }
  const wanted = Math.min(
    price,
    offer.discount.type === 'percentage' ? percentageOf(price, offer.discount.basisPoints) : offer.discount.minor,
  );
  const { minor, outcome } = guardDiscount(wanted, price, floor);
  const promised = safeDiscount(offer, products, rules);
  const reduced = promised === null || sizeOf(promised) < sizeOf(offer.discount);
  if (outcome !== 'untouched' || (reduced && !warnings.has('unknown-product'))) warnings.add('below-margin');
  if (minor === 0) warnings.add('no-saving');
  return {
    priceBeforeMinor: price,
    savingMinor: minor,
    finalPriceMinor: price - minor,
    wantedSavingMinor: wanted,
    savingBps: price === 0 ? 0 : Math.floor((minor * 10_000) / price),
    marginAfterBps: marginBps(price - minor, cost, rules.taxInPricesBps),
    guard: outcome,
    promised,
    warnings: [...warnings],
  };
}

function sizeOf(value: DiscountValue): number {
  return value.type === 'percentage' ? value.basisPoints : value.minor;
}

function spread(
  variants: readonly PreviewVariant[],
  pickCount: number,
): { variant: PreviewVariant; quantity: number }[] {
  const sorted = [...variants].sort((a, b) => a.priceMinor - b.priceMinor);
  return sorted
    .map((variant, index) => ({
      variant,
      quantity: Math.floor(pickCount / sorted.length) + (index < pickCount % sorted.length ? 1 : 0),
    }))
    .filter(({ quantity }) => quantity > 0);
}
