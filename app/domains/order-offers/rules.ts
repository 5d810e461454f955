import { type IncentiveRules, safeDiscount } from '#app/domains/incentives/index.ts';
import type { OfferedOrder, OfferVariant, OrderOfferSettings } from './model.ts';

const hour = 3_600_000;
/** Letters and digits that nobody confuses when a code is read out. Source: Crockford's base 32. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 bits: nobody guesses a code while it is good. */
const codeLength = 12;

/** When the discount of an order ends. */
export function endOf(placedAt: Date, settings: Pick<OrderOfferSettings, 'hours'>): Date {
  return new Date(placedAt.getTime() + settings.hours * hour);
}

/** A unit's price with the discount, in minor units; what comes off is rounded half up, as the platform does. */
export function priceWith(priceMinor: number, discountBps: number): number {
  return priceMinor - Math.floor((priceMinor * discountBps + 5000) / 10_000);
}

/**
 * The variants that leave the merchant's margin at the whole discount. The code meets no other discount, so this
 * is its worst stack. The others are suggested at their price: a smaller discount would be another promise.
 */
export function discountable(
  variants: readonly OfferVariant[],
  discountBps: number,
  rules: IncentiveRules,
): ReadonlySet<string> {
  if (discountBps === 0) return new Set();
  const whole = variants.filter(
    (variant) =>
      !variant.giftCard &&
      priceWith(variant.priceMinor, discountBps) !== variant.priceMinor &&
      largestDiscount(variant, discountBps, rules) === discountBps,
  );
  return new Set(whole.map((variant) => variant.variantId));
}

/** The largest discount up to `wantedBps` that leaves the margin of the variant; 0 where none does. */
export function largestDiscount(
  { variantId, priceMinor, costMinor }: OfferVariant,
  wantedBps: number,
  rules: IncentiveRules,
): number {
  const offer = {
    kind: 'fixed',
    pickCount: 0,
    discount: { type: 'percentage', basisPoints: wantedBps },
    items: [{ productId: variantId, variantId, quantity: 1 }],
  } as const;
  const safe = safeDiscount(offer, [{ id: variantId, variants: [{ id: variantId, priceMinor, costMinor }] }], rules);
  return safe?.type === 'percentage' ? safe.basisPoints : 0;
}

/** Why an order earns no code: `not-yours` where the shopper cannot be the one who bought. */
export type NoCode = 'cancelled' | 'over' | 'not-yours';

/** True for an order of which nothing is left: cancelled, all its money given back, or all its goods. */
export function isUndone(order: {
  readonly cancelledAt: Date | null;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  readonly lines: readonly { readonly quantity: number; readonly refundedQuantity: number }[];
}): boolean {
  const { cancelledAt, totalMinor, refundedMinor, lines } = order;
  if (cancelledAt !== null || (totalMinor > 0 && refundedMinor >= totalMinor)) return true;
  return lines.length > 0 && lines.every(({ quantity, refundedQuantity }) => refundedQuantity >= quantity);
}

/**
 * True where the asker names the products of the order. Half of them each way is enough, because a bundle stands on
 * the page beside its parts and an order may have been edited since; a list of everything that sells well is not.
 */
function knowsProducts(ordered: readonly string[], asked: readonly string[]): boolean {
  const [one, other] = [new Set(ordered), new Set(asked)];
  const both = [...one].filter((id) => other.has(id)).length;
  return both > 0 && both * 2 >= Math.max(one.size, other.size);
}

/**
 * Whether an order earns a code for who asks. Order numbers can be guessed, what was bought and by whom cannot:
 * the asker's products must be those of the order, and a customer who is logged in must be the buyer.
 */
export function mayHaveCode(
  order: OfferedOrder,
  asker: { readonly customerId: string | null; readonly productIds: readonly string[] },
  settings: Pick<OrderOfferSettings, 'hours'>,
  now: Date,
): 'yes' | NoCode {
  if (asker.customerId !== null && order.customerId !== null && asker.customerId !== order.customerId)
    return 'not-yours';
  if (!knowsProducts(order.productIds, asker.productIds)) return 'not-yours';
  if (order.cancelled) return 'cancelled';
  return now < endOf(order.placedAt, settings) ? 'yes' : 'over';
}

/** @param random at least 12 random bytes */
export function codeFrom(random: Uint8Array): string {
  return `THX-${[...random.subarray(0, codeLength)].map((byte) => alphabet[byte % 32]).join('')}`;
}
