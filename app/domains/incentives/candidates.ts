import { guardDiscount, percentageOf } from './margin.ts';
import type { BundleOffer, GuardOutcome } from './model.ts';
import type { Pool } from './pools.ts';
import type { Conversion } from './rate.ts';

/** A place in a bundle: `need` units out of any of these pools (indices, dearest first). */
export interface Slot {
  readonly need: number;
  readonly pools: readonly number[];
}

/** An offer held against a cart. A fixed set has a slot for each item, a mix-and-match has one. */
export interface Matched {
  readonly offer: BundleOffer;
  readonly slots: readonly Slot[];
  /** amount off in presentment minor units; null for a percentage */
  readonly amount: number | null;
}

/** One way to fill one bundle: `parts` are pairs of pool index and number of units. */
export interface Candidate {
  readonly matched: Matched;
  readonly parts: readonly (readonly [pool: number, units: number])[];
  readonly units: number;
  readonly price: number;
  readonly wanted: number;
  /** what comes off after the margin guard */
  readonly value: number;
  readonly guard: GuardOutcome;
}

/**
 * Holds an offer against the pools; null when the cart lacks units for even one bundle, or when two items of
 * a fixed set ask for the same units (the editor refuses such a set).
 */
export function matchOffer(
  offer: BundleOffer,
  pools: readonly Pool[],
  byProduct: ReadonlyMap<string, readonly number[]>,
  conversion: Conversion,
): Matched | null {
  const slots: Slot[] = [];
  const mixed = new Set<number>();
  let overlapping = false;
  for (const item of offer.items) {
    const matching = (byProduct.get(item.productId) ?? []).filter(
      (index) => item.variantId === null || pools[index]?.variantId === item.variantId,
    );
    if (offer.kind === 'fixed') {
      overlapping ||= matching.some((index) => mixed.has(index));
      slots.push({ need: item.quantity, pools: matching });
    }
    for (const index of matching) mixed.add(index);
  }
  if (offer.kind === 'mix-and-match') slots.push({ need: offer.pickCount, pools: [...mixed].sort((a, b) => a - b) });
  const filled = slots.every((slot) => {
    if (slot.need < 1) return false;
    return slot.pools.reduce((sum, index) => sum + (pools[index]?.count ?? 0), 0) >= slot.need;
  });
  if (!filled || overlapping || slots.length === 0) return null;
  return { offer, slots, amount: offer.discount.type === 'amount' ? conversion.nearest(offer.discount.minor) : null };
}

function toCandidate(
  matched: Matched,
  parts: readonly (readonly [number, number])[],
  pools: readonly Pool[],
): Candidate {
  let price = 0;
  let floor = 0;
  let units = 0;
  for (const [index, count] of parts) {
    const pool = pools[index];
    if (!pool) throw new Error('pool out of range');
    price += pool.price * count;
    floor += pool.floor * count;
    units += count;
  }
  const { discount } = matched.offer;
  const wanted = Math.min(
    price,
    discount.type === 'percentage' ? percentageOf(price, discount.basisPoints) : (matched.amount ?? 0),
  );
  const { minor, outcome } = guardDiscount(wanted, price, floor);
  return { matched, parts, units, price, wanted, value: minor, guard: outcome };
}

/** The bundle of the dearest units that are left, or null when a slot cannot be filled. */
export function dearestCandidate(matched: Matched, left: readonly number[], pools: readonly Pool[]): Candidate | null {
  const parts: [number, number][] = [];
  for (const slot of matched.slots) {
    let need = slot.need;
    for (const index of slot.pools) {
      const take = Math.min(need, left[index] ?? 0);
      if (take > 0) parts.push([index, take]);
      need -= take;
      if (need === 0) break;
    }
    if (need > 0) return null;
  }
  return toCandidate(matched, parts, pools);
}

/** Every way to fill one bundle, or null when there are more than `limit`. */
export function allCandidates(matched: Matched, pools: readonly Pool[], limit: number): Candidate[] | null {
  const found: Candidate[] = [];
  const parts: [number, number][] = [];
  function fill(slotIndex: number, from: number, need: number): boolean {
    const slot = matched.slots[slotIndex];
    if (!slot) {
      found.push(toCandidate(matched, parts.slice(), pools));
      return found.length <= limit;
    }
    if (need === 0) return fill(slotIndex + 1, 0, matched.slots[slotIndex + 1]?.need ?? 0);
    const index = slot.pools[from];
    if (index === undefined) return true;
    for (let take = Math.min(need, pools[index]?.count ?? 0); take >= 0; take -= 1) {
      if (take > 0) parts.push([index, take]);
      const goOn = fill(slotIndex, from + 1, need - take);
      if (take > 0) parts.pop();
      if (!goOn) return false;
    }
    return true;
  }
  return fill(0, 0, matched.slots[0]?.need ?? 0) ? found : null;
}
