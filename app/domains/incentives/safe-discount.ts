import type { Keep, PlanSlot } from './kinds/kind.ts';
import { kindOnServer } from './kinds/registry-on-server.ts';
import { floorOf } from './margin.ts';
import type { BundleOffer, DiscountValue, IncentiveRules, Offer, UnitValue } from './model.ts';
import type { PreviewProduct, PreviewVariant } from './preview-product.ts';

/**
 * The offer that a shopper can be promised whatever variants and products they pick: as it stands where the margin
 * guard never bites, else with the largest values with which it never does. The least profitable choice decides,
 * and because the margin of a set is a sum over its units, it is the least profitable unit of each slot.
 * @returns null when nothing can be promised. Shop currency; rounding in another currency may cost a minor unit.
 */
export function safeOffer<O extends Offer>(
  offer: O,
  products: readonly PreviewProduct[],
  rules: IncentiveRules,
): O | null;
export function safeOffer(offer: Offer, products: readonly PreviewProduct[], rules: IncentiveRules): Offer | null {
  const byId = new Map(products.map((product) => [product.id, product]));
  const variantsOf = ({ items }: PlanSlot): PreviewVariant[] =>
    items.flatMap((item) =>
      (byId.get(item.productId)?.variants ?? []).filter(
        (variant) => item.variantId === null || variant.id === item.variantId,
      ),
    );
  const keep: Keep = (plan, value, sizes, each) => {
    const slots = plan.slots.map((slot) => ({ slot, variants: variantsOf(slot) }));
    if (slots.some(({ variants }) => variants.length === 0)) return null;
    const holds = (tried: UnitValue): boolean => sizes.every((size) => leastRoom(slots, tried, size, each, rules) >= 0);
    return largest(value, holds, slots);
  };
  return kindOnServer(offer).safe(offer, keep);
}

/** The discount of a set that a shopper can be promised, see `safeOffer`. */
export function safeDiscount(
  offer: Pick<BundleOffer, 'kind' | 'pickCount' | 'discount' | 'items'>,
  products: readonly PreviewProduct[],
  rules: IncentiveRules,
): DiscountValue | null {
  const whole = { ...offer, id: '', title: '', startsAt: null, endsAt: null };
  return safeOffer<BundleOffer>(whole, products, rules)?.discount ?? null;
}

type Filled = readonly { readonly slot: PlanSlot; readonly variants: readonly PreviewVariant[] }[];

/** What the worst choice leaves above its floor, in ten-thousandths of a minor unit. */
function leastRoom(slots: Filled, value: UnitValue, size: number, each: boolean, rules: IncentiveRules): number {
  const open = slots.some(({ slot }) => slot.min < slot.max);
  let room = value.type === 'amount' && !each ? -value.minor * 10_000 : 0;
  for (const { slot, variants } of slots) {
    const units = open && !slot.paid ? size : slot.min;
    room += units * Math.min(...variants.map((variant) => roomOf(variant, slot.paid ? null : value, each, rules)));
  }
  return room;
}

function roomOf(
  { priceMinor, costMinor }: PreviewVariant,
  value: UnitValue | null,
  each: boolean,
  rules: IncentiveRules,
): number {
  let off = 0;
  if (value?.type === 'percentage') off = value.basisPoints * priceMinor;
  else if (value?.type === 'amount' && each) off = Math.min(value.minor, priceMinor) * 10_000;
  else if (value?.type === 'price') off = Math.max(0, priceMinor - value.minor) * 10_000;
  return (priceMinor - floorOf(priceMinor, costMinor, rules)) * 10_000 - off;
}

/** The value itself, or the nearest smaller one (a higher price) that holds; null when none gives anything. */
function largest<V extends UnitValue>(value: V, holds: (tried: UnitValue) => boolean, slots: Filled): V | null {
  const wanted: UnitValue = value;
  if (holds(wanted)) return value;
  if (wanted.type === 'price') {
    const dearest = Math.max(...slots.flatMap(({ variants }) => variants.map((variant) => variant.priceMinor)));
    const minor = -search(-dearest, -wanted.minor, (tried) => holds({ type: 'price', minor: -tried }));
    return minor >= dearest ? null : { ...value, minor };
  }
  if (wanted.type === 'percentage') {
    const basisPoints = search(0, wanted.basisPoints, (tried) => holds({ type: 'percentage', basisPoints: tried }));
    return basisPoints === 0 ? null : { ...value, basisPoints };
  }
  const minor = search(0, wanted.minor, (tried) => holds({ type: 'amount', minor: tried }));
  return minor === 0 ? null : { ...value, minor };
}

/** The largest number from `safe` up to, not including, `unsafe` that holds; `safe` is returned when none does. */
function search(safe: number, unsafe: number, holds: (tried: number) => boolean): number {
  while (unsafe - safe > 1) {
    const middle = Math.floor((safe + unsafe) / 2);
    if (holds(middle)) safe = middle;
    else unsafe = middle;
  }
  return safe;
}
