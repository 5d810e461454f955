import { floorOf } from './margin.ts';
import type { BundleOffer, DiscountValue, IncentiveRules, PreviewProduct, PreviewVariant } from './model.ts';

type Offer = Pick<BundleOffer, 'kind' | 'pickCount' | 'discount' | 'items'>;

/**
 * The discount that a shopper can be promised whatever variants and products they pick: the offer's own where
 * the margin guard never bites, else the largest one with which it never does. The least profitable choice
 * decides, and because a bundle's margin is a sum over its units, it is the least profitable unit of each slot.
 * @returns null when nothing can be promised. Shop currency; rounding in another currency may cost a minor unit.
 */
export function safeDiscount(
  offer: Offer,
  products: readonly PreviewProduct[],
  rules: IncentiveRules,
): DiscountValue | null {
  const choices = offer.items.map((item) => {
    const product = products.find((candidate) => candidate.id === item.productId);
    return (product?.variants ?? []).filter((variant) => item.variantId === null || variant.id === item.variantId);
  });
  const slots =
    offer.kind === 'fixed'
      ? choices.map((variants, index) => ({ variants, units: offer.items[index]?.quantity ?? 0 }))
      : [{ variants: choices.flat(), units: offer.pickCount }];
  if (slots.some(({ variants }) => variants.length === 0)) return null;

  /** What the worst choice leaves above its floor after a percentage, in ten-thousandths of a minor unit. */
  const leastRoom = (basisPoints: number): number =>
    slots.reduce(
      (sum, { variants, units }) =>
        sum + units * Math.min(...variants.map((variant) => roomOf(variant, basisPoints, rules))),
      0,
    );

  if (offer.discount.type === 'amount') {
    const minor = Math.min(offer.discount.minor, Math.floor(leastRoom(0) / 10_000));
    return minor > 0 ? { type: 'amount', minor } : null;
  }
  let safe = 0;
  let unsafe = offer.discount.basisPoints + 1;
  while (unsafe - safe > 1) {
    const middle = Math.floor((safe + unsafe) / 2);
    if (leastRoom(middle) >= 0) safe = middle;
    else unsafe = middle;
  }
  return safe > 0 ? { type: 'percentage', basisPoints: safe } : null;
}

function roomOf(variant: PreviewVariant, basisPoints: number, rules: IncentiveRules): number {
  return (
    (variant.priceMinor - floorOf(variant.priceMinor, variant.costMinor, rules)) * 10_000 -
    basisPoints * variant.priceMinor
  );
}
