import { hash32, isHeldOut } from '#app/shared/assignment.ts';
import type { Gift, Grant, OfferPolicy, PersonalOffer, SkipReason } from './model.ts';

const dayMs = 86_400_000;

/** Sizes of a gift, the smallest first; what comes in one size only is 1. */
export const sizesOf = (gift: Gift): readonly number[] =>
  gift.type === 'percentage' || gift.type === 'amount' ? gift.sizes : [1];

/** Sizes that are still given. */
export const activeSizes = ({ terms, stopped }: Pick<PersonalOffer, 'terms' | 'stopped'>): number[] =>
  sizesOf(terms.gift).filter((size) => !stopped.some((one) => one.size === size));

/**
 * Which size a customer gets, the same each time: each size draws a number for the customer, and the largest wins. Where a
 * size is taken out, only its own customers move. Source: Thaler and Ravishankar, rendezvous hashing (1998).
 * @returns 0 = nothing, for the comparison; null where no size is left
 */
export function sizeFor(
  customerId: string,
  { salt, terms, stopped }: Pick<PersonalOffer, 'salt' | 'terms' | 'stopped'>,
): number | null {
  if (isHeldOut(customerId, salt, terms.holdoutBps)) return 0;
  const drawn = activeSizes({ terms, stopped }).map((size) => ({
    size,
    number: hash32(`${salt}#${String(size)}:${customerId}`),
  }));
  return drawn.toSorted((a, b) => b.number - a.number)[0]?.size ?? null;
}

/**
 * What a size is reckoned with in the budget, minor units: a part of a price at the price of the product that it is for,
 * or else at a large order of the shop. An order beyond that is booked at what it really took. What may take no more than
 * an amount off is reckoned with at that, so that no order can exceed the budget.
 * @param basketMinor what nine of ten orders do not exceed
 * @param priceMinor of the product that it is for; null = for everything
 */
export function reserveOf(gift: Gift, size: number, basketMinor: number, priceMinor: number | null): number {
  if (gift.type === 'percentage') return gift.mostMinor ?? Math.ceil(((priceMinor ?? basketMinor) * size) / 10_000);
  // The right to buy costs nothing.
  if (gift.type === 'early-access') return 0;
  return gift.type === 'amount' ? size : gift.costMinor;
}

/** What a customer was given before. */
export interface Earlier {
  readonly customerId: string;
  readonly offerId: string;
  readonly at: Date;
  /** false = held out: counts for the offer itself alone */
  readonly given: boolean;
}

export interface Facts {
  /** of these customers, of all offers */
  readonly earlier: readonly Earlier[];
  readonly policy: OfferPolicy;
  /** spent and reserved so far, and how many were given */
  readonly taken: { readonly minor: number; readonly count: number };
  readonly basketMinor: number;
  /** who of these customers is in one of the offer's segments now; null = it is for everybody */
  readonly among: ReadonlySet<string> | null;
  /** prices of products that gifts are for; a grant whose gift needs a product and has none is left out */
  readonly priceOf: (grant: Grant) => number | 'none' | null;
  readonly now: Date;
}

export type Decision =
  | { readonly grant: Grant; readonly state: 'given'; readonly size: number; readonly reservedMinor: number }
  | { readonly grant: Grant; readonly state: 'held-out' }
  | { readonly grant: Grant; readonly state: 'skipped'; readonly reason: SkipReason };

/**
 * Decides on those who wait for one offer, in their order. Who it is for and every limit are looked at before the hash says
 * who gets what, and the budget at the largest size: so that they stand against all sizes and nothing alike, and the
 * comparison stays fair.
 */
export function decide(offer: PersonalOffer, grants: readonly Grant[], facts: Facts): Decision[] {
  const { terms } = offer;
  const { policy, basketMinor, now } = facts;
  const earlier = [...facts.earlier];
  let { minor, count } = facts.taken;
  const within = (customerId: string, days: number, of: (one: Earlier) => boolean): number =>
    earlier.filter((one) => one.customerId === customerId && one.at.getTime() > now.getTime() - days * dayMs && of(one))
      .length;
  return grants.map((grant): Decision => {
    const { customerId } = grant;
    const skip = (reason: SkipReason): Decision => ({ grant, state: 'skipped', reason });
    if (terms.until !== null && now >= new Date(terms.until)) return skip('over');
    if (terms.gift.type === 'early-access' && now >= new Date(terms.gift.until)) return skip('over');
    if (facts.among?.has(customerId) === false) return skip('not-among');
    const price = facts.priceOf(grant);
    if (price === 'none') return skip('no-product');
    if (within(customerId, terms.cap.days, ({ offerId }) => offerId === offer.id) >= terms.cap.times)
      return skip('own-limit');
    if (within(customerId, policy.days, ({ given }) => given) >= policy.most) return skip('limit-of-all');
    const largest = Math.max(...sizesOf(terms.gift).map((size) => reserveOf(terms.gift, size, basketMinor, price)));
    const over = terms.budget.minor !== null && minor + largest > terms.budget.minor;
    if (over || (terms.budget.count !== null && count + 1 > terms.budget.count)) return skip('budget');
    const size = sizeFor(customerId, offer);
    if (size === null) return skip('over');
    earlier.push({ customerId, offerId: offer.id, at: now, given: size > 0 });
    if (size === 0) return { grant, state: 'held-out' };
    const reservedMinor = reserveOf(terms.gift, size, basketMinor, price);
    minor += reservedMinor;
    count += 1;
    return { grant, state: 'given', size, reservedMinor };
  });
}
