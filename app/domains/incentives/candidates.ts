import type { PlanTier, Reward } from './kinds/kind.ts';
import { percentageOf } from './margin.ts';
import type { Matched, Slot } from './match.ts';
import type { GuardOutcome } from './outcome.ts';
import type { Pool } from './pools.ts';
import { type Work, workOf, workOfFilling } from './work.ts';

/**
 * One way to fill an offer once. Lists of numbers and plain loops over them, because this is made most often of all
 * and the Function's engine pays dearly for objects, iterators and closures.
 */
export interface Candidate {
  readonly matched: Matched;
  /** picked pools, and units of each; the first `paid` of them pay in full */
  readonly pools: readonly number[];
  readonly units: readonly number[];
  readonly paid: number;
  /** places among the counts that are left from which it takes, and how many of each */
  readonly needs: readonly number[];
  readonly counts: readonly number[];
  /** units in all */
  readonly size: number;
  readonly price: number;
  readonly wanted: number;
  /** what comes off after the margin guard */
  readonly value: number;
}

/** What the margin guard did to a candidate. */
export function guardOf({ price, wanted, value }: Candidate): GuardOutcome {
  if (value >= Math.min(wanted, price)) return 'untouched';
  return value === 0 ? 'refused' : 'reduced';
}

/** The highest tier that this number of reduced units reaches, or null. */
export function tierOf(tiers: readonly PlanTier[], units: number): PlanTier | null {
  for (let at = tiers.length - 1; at >= 0; at -= 1) {
    const tier = tiers[at];
    if (tier && tier.units <= units) return tier;
  }
  return null;
}

/** The part of one unit of this price in a reward. */
export function weightOf(reward: Reward, price: number): number {
  if (reward.type === 'unit-amount') return reward.minor < price ? reward.minor : price;
  if (reward.type === 'unit-price') return reward.minor < price ? price - reward.minor : 0;
  return price;
}

/** True where a reduced unit is dearer than one that pays, of the units that may do either. */
function isUpsideDown(
  lesser: ReadonlySet<number>,
  picked: readonly number[],
  paid: number,
  pools: readonly Pool[],
): boolean {
  let lowestPaid = Infinity;
  let highestReduced = 0;
  for (let at = 0; at < picked.length; at += 1) {
    const index = picked[at] ?? 0;
    if (!lesser.has(index)) continue;
    const price = pools[index]?.price ?? 0;
    if (at < paid) lowestPaid = Math.min(lowestPaid, price);
    else highestReduced = Math.max(highestReduced, price);
  }
  return highestReduced > lowestPaid;
}

/** Null when nothing comes off at this number of units, or when a reduced unit is dearer than one that pays. */
function toCandidate(
  matched: Matched,
  picked: readonly number[],
  units: readonly number[],
  paid: number,
  pools: readonly Pool[],
): Candidate | null {
  const { shared, lesser, limit } = matched;
  let reduced = 0;
  for (let at = paid; at < units.length; at += 1) reduced += units[at] ?? 0;
  const reward = tierOf(matched.tiers, reduced)?.reward;
  if (!reward || (lesser && isUpsideDown(lesser, picked, paid, pools))) return null;
  const { type } = reward;
  const byPrice = type === 'percentage' || type === 'amount';
  let price = 0;
  let floor = 0;
  let size = 0;
  let weights = 0;
  for (let at = 0; at < picked.length; at += 1) {
    const pool = pools[picked[at] ?? 0];
    if (!pool) throw new Error('pool out of range');
    const count = units[at] ?? 0;
    const cost = pool.price * count;
    price += cost;
    floor += pool.floor * count;
    size += count;
    if (at >= paid) weights += byPrice ? cost : weightOf(reward, pool.price) * count;
  }
  let wanted = weights;
  if (type === 'percentage') wanted = percentageOf(weights, reward.basisPoints);
  else if (type === 'amount' && reward.minor < weights) wanted = reward.minor;
  const room = matched.byOrder ? price : price - floor;
  let value = wanted < price ? wanted : price;
  // A gift that costs something is none.
  if (room < value) value = matched.whole || room < 0 ? 0 : room;
  let needs = picked;
  let counts = units;
  if (shared || limit !== null) {
    const merged = new Map<number, number>();
    for (let at = 0; at < picked.length; at += 1) {
      const index = picked[at] ?? 0;
      merged.set(index, (merged.get(index) ?? 0) + (units[at] ?? 0));
    }
    if (limit !== null) merged.set(limit, 1);
    needs = [...merged.keys()];
    counts = [...merged.values()];
  }
  return { matched, pools: picked, units, paid, needs, counts, size, price, wanted, value };
}

function usedOf(index: number, picked: readonly number[], units: readonly number[]): number {
  let used = 0;
  for (let at = 0; at < picked.length; at += 1) if (picked[at] === index) used += units[at] ?? 0;
  return used;
}

/** The offer filled with the dearest units that are left, `size` of them in its slot of many sizes. */
function fillDearest(
  matched: Matched,
  left: readonly number[],
  pools: readonly Pool[],
  size: number,
  work: Work,
): Candidate | null {
  const { slots, shared, lesser } = matched;
  const picked: number[] = [];
  const units: number[] = [];
  let paid = 0;
  let cheapestPaid = Infinity;
  let looked = 0;
  for (const slot of slots) {
    let need = slot.min < slot.max ? size : slot.min;
    // Empty pools at the beginning are passed over for good, and count for nothing.
    let passing = true;
    for (let from = 0; need > 0; from += 1) {
      const index = slot.pools[from];
      if (index === undefined) {
        work.left -= workOfFilling(looked, picked.length, shared);
        return null;
      }
      let there = left[index] ?? 0;
      passing &&= there <= 0;
      if (!passing) looked += 1;
      if (shared) there -= usedOf(index, picked, units);
      if (there <= 0) continue;
      if (lesser?.has(index)) {
        const price = pools[index]?.price ?? 0;
        if (slot.paid) cheapestPaid = Math.min(cheapestPaid, price);
        else if (price > cheapestPaid) continue;
      }
      const take = there < need ? there : need;
      picked.push(index);
      units.push(take);
      need -= take;
    }
    if (slot.paid) paid = picked.length;
  }
  work.left -= workOfFilling(looked, picked.length, shared);
  return toCandidate(matched, picked, units, paid, pools);
}

/**
 * The best of what the dearest units that are left make of an offer, or null when a slot cannot be filled. Where
 * its size is open, the largest, the steps of the reward and the size that leaves the fewest units over are tried.
 */
export function dearestCandidate(
  matched: Matched,
  left: readonly number[],
  pools: readonly Pool[],
  work: Work,
): Candidate | null {
  if (matched.limit !== null && (left[matched.limit] ?? 0) < 1) return null;
  const { open } = matched;
  if (!open) return fillDearest(matched, left, pools, 0, work);
  work.left -= open.pools.length;
  let available = 0;
  for (let at = 0; at < open.pools.length; at += 1) available += left[open.pools[at] ?? 0] ?? 0;
  const largest = Math.min(open.max, available);
  if (largest < open.min) return null;
  const sizes = [largest, Math.floor(available / Math.ceil(available / open.max)), open.min];
  for (const { units } of matched.tiers) sizes.push(units);
  let best: Candidate | null = null;
  let bestInAll = -1;
  for (let at = 0; at < sizes.length; at += 1) {
    const size = sizes[at] ?? 0;
    if (size < open.min || size > largest || sizes.indexOf(size) < at) continue;
    const candidate = fillDearest(matched, left, pools, size, work);
    const inAll = candidate ? candidate.value * Math.min(matched.times, Math.floor(available / size)) : 0;
    if (inAll > bestInAll) {
      best = candidate;
      bestInAll = inAll;
    }
  }
  return best;
}

/** Every way to fill an offer once from all that the pools hold, as far as the work reaches. */
export function allCandidates(matched: Matched, pools: readonly Pool[], work: Work): Candidate[] {
  const found: Candidate[] = [];
  const picked: number[] = [];
  const taken: number[] = [];
  const { slots, shared } = matched;
  const thereOf = (index: number): number => (pools[index]?.count ?? 0) - (shared ? usedOf(index, picked, taken) : 0);
  /** @param rest units that the slot has from its pool `from` on */
  function fill(slot: Slot, next: number, from: number, inSlot: number, rest: number, paid: number): void {
    const index = slot.pools[from];
    if (index === undefined || inSlot === slot.max) {
      if (inSlot >= slot.min) enter(next, slot.paid ? picked.length : paid);
      return;
    }
    const there = thereOf(index);
    const missing = slot.max - inSlot;
    const least = Math.max(0, slot.min - inSlot - (rest - there));
    for (let take = there < missing ? there : missing; take >= least; take -= 1) {
      if (take > 0) {
        picked.push(index);
        taken.push(take);
      }
      fill(slot, next, from + 1, inSlot + take, rest - there, paid);
      if (take > 0) {
        picked.pop();
        taken.pop();
      }
    }
  }
  function enter(at: number, paid: number): void {
    if (work.left <= 0) return;
    const slot = slots[at];
    if (slot) {
      let rest = 0;
      work.left -= workOf.look * slot.pools.length;
      for (const index of slot.pools) rest += thereOf(index);
      fill(slot, at + 1, 0, 0, rest, paid);
      return;
    }
    work.left -= workOfFilling(picked.length, picked.length, shared);
    const candidate = toCandidate(matched, picked.slice(), taken.slice(), paid, pools);
    if (candidate) found.push(candidate);
  }
  enter(0, 0);
  return found;
}
