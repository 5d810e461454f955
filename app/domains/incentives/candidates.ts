import type { Reward } from './kinds/kind.ts';
import { guardDiscount, percentageOf } from './margin.ts';
import type { Matched } from './match.ts';
import type { GuardOutcome } from './model.ts';
import type { Pool } from './pools.ts';

/** Units of a pool in a candidate; `weight` is a unit's part in what comes off, 0 for one that pays in full. */
interface Part {
  readonly pool: number;
  readonly units: number;
  readonly weight: number;
}

/** `count` of the counts that are left at `index`. */
interface Need {
  readonly index: number;
  count: number;
}

/** One way to fill an offer once. */
export interface Candidate {
  readonly matched: Matched;
  readonly parts: readonly Part[];
  /** what it takes of the counts that are left: units by pool, and one of its times where they are limited */
  readonly needs: readonly Need[];
  readonly units: number;
  readonly price: number;
  readonly wanted: number;
  /** what comes off after the margin guard */
  readonly value: number;
  readonly guard: GuardOutcome;
}

/** Units chosen for a slot. */
interface Pick {
  readonly pool: number;
  readonly units: number;
  readonly paid: boolean;
}

/** What one unit of this price takes part in a reward. */
function weightOf(reward: Reward, price: number): number {
  if (reward.type === 'unit-amount') return Math.min(price, reward.minor);
  return reward.type === 'unit-price' ? Math.max(0, price - reward.minor) : price;
}

/**
 * Null when nothing comes off at this number of units, or when a reduced unit is dearer than one that pays. Written
 * with plain loops, as this runs most often of all and the Function's engine pays dearly for iterators.
 */
function toCandidate(matched: Matched, picks: readonly Pick[], pools: readonly Pool[]): Candidate | null {
  let reduced = 0;
  for (let at = 0; at < picks.length; at += 1) {
    const pick = picks[at];
    if (pick && !pick.paid) reduced += pick.units;
  }
  const reward = matched.reward(reduced);
  if (!reward) return null;
  const parts: Part[] = [];
  const needs: Need[] = [];
  let price = 0;
  let floor = 0;
  let units = 0;
  let weights = 0;
  let lowestPaid = Infinity;
  let highestReduced = 0;
  for (let at = 0; at < picks.length; at += 1) {
    const pick = picks[at];
    const pool = pick && pools[pick.pool];
    if (!pool) throw new Error('pool out of range');
    const count = pick.units;
    const weight = pick.paid ? 0 : weightOf(reward, pool.price);
    parts.push({ pool: pick.pool, units: count, weight });
    // Only where places share units does a pool come twice.
    const twice = matched.shared ? needs.find((need) => need.index === pick.pool) : undefined;
    if (twice) twice.count += count;
    else needs.push({ index: pick.pool, count });
    price += pool.price * count;
    floor += pool.floor * count;
    units += count;
    weights += weight * count;
    if (!matched.shared || !matched.lesser.has(pick.pool)) continue;
    if (pick.paid) lowestPaid = Math.min(lowestPaid, pool.price);
    else highestReduced = Math.max(highestReduced, pool.price);
  }
  if (highestReduced > lowestPaid) return null;
  if (matched.limit !== null) needs.push({ index: matched.limit, count: 1 });
  let wanted = weights;
  if (reward.type === 'percentage') wanted = percentageOf(weights, reward.basisPoints);
  else if (reward.type === 'amount') wanted = Math.min(weights, reward.minor);
  const guarded = guardDiscount(wanted, price, matched.byOrder ? 0 : floor);
  const refused = matched.whole && guarded.outcome === 'reduced';
  return {
    matched,
    parts,
    needs,
    units,
    price,
    wanted,
    value: refused ? 0 : guarded.minor,
    guard: refused ? 'refused' : guarded.outcome,
  };
}

function usedOf(picks: readonly Pick[], index: number): number {
  let used = 0;
  for (let at = 0; at < picks.length; at += 1) {
    const pick = picks[at];
    if (pick?.pool === index) used += pick.units;
  }
  return used;
}

/** The offer filled with the dearest units that are left, `size` of them in its slot of many sizes. */
function fillDearest(
  matched: Matched,
  left: readonly number[],
  pools: readonly Pool[],
  size: number,
): Candidate | null {
  const picks: Pick[] = [];
  let cheapestPaid = Infinity;
  for (const slot of matched.slots) {
    let need = slot.min < slot.max ? size : slot.min;
    for (const index of slot.pools) {
      if (need === 0) break;
      // Only slots that pay come before one that is reduced, so that the same pool may have been used already.
      const there = (left[index] ?? 0) - (matched.shared ? usedOf(picks, index) : 0);
      const price = pools[index]?.price ?? 0;
      if (there <= 0 || (!slot.paid && price > cheapestPaid && matched.lesser.has(index))) continue;
      const take = Math.min(need, there);
      picks.push({ pool: index, units: take, paid: slot.paid });
      if (slot.paid && matched.lesser.has(index)) cheapestPaid = Math.min(cheapestPaid, price);
      need -= take;
    }
    if (need > 0) return null;
  }
  return toCandidate(matched, picks, pools);
}

/**
 * The best of what the dearest units that are left make of an offer, or null when a slot cannot be filled. Where
 * its size is open, the largest, the steps of the reward and the size that leaves the fewest units over are tried.
 */
export function dearestCandidate(matched: Matched, left: readonly number[], pools: readonly Pool[]): Candidate | null {
  if (matched.limit !== null && (left[matched.limit] ?? 0) < 1) return null;
  const open = matched.slots.find((slot) => slot.min < slot.max);
  if (!open) return fillDearest(matched, left, pools, 0);
  let available = 0;
  for (const index of open.pools) available += left[index] ?? 0;
  const largest = Math.min(open.max, available);
  if (largest < open.min) return null;
  const sizes = new Set([largest, Math.floor(available / Math.ceil(available / open.max)), open.min]);
  for (const step of matched.steps) sizes.add(step);
  let best: Candidate | null = null;
  let bestInAll = -1;
  for (const size of sizes) {
    if (size < open.min || size > largest) continue;
    const candidate = fillDearest(matched, left, pools, size);
    const inAll = (candidate?.value ?? 0) * Math.min(matched.times, Math.floor(available / size));
    if (inAll > bestInAll) [best, bestInAll] = [candidate, inAll];
  }
  return best;
}

/** Every way to fill an offer once, or null when there are more than `limit`. */
export function allCandidates(matched: Matched, pools: readonly Pool[], limit: number): Candidate[] | null {
  const found: Candidate[] = [];
  const picks: Pick[] = [];
  let ways = 0;
  const { slots, shared } = matched;
  const thereOf = (index: number): number => (pools[index]?.count ?? 0) - (shared ? usedOf(picks, index) : 0);
  function fill(slotIndex: number, from: number, taken: number): boolean {
    const slot = slots[slotIndex];
    if (!slot) {
      ways += 1;
      const candidate = toCandidate(matched, picks, pools);
      if (candidate) found.push(candidate);
      return ways <= limit;
    }
    // What is left behind `from` must suffice; without this check a slot that takes all has 2^pools dead ends.
    let rest = 0;
    for (let at = from; at < slot.pools.length && taken + rest < slot.min; at += 1) {
      rest += thereOf(slot.pools[at] ?? 0);
    }
    if (taken + rest < slot.min) return true;
    const index = slot.pools[from];
    if (taken === slot.max || index === undefined) return fill(slotIndex + 1, 0, 0);
    for (let take = Math.min(slot.max - taken, thereOf(index)); take >= 0; take -= 1) {
      if (take > 0) picks.push({ pool: index, units: take, paid: slot.paid });
      const goOn = fill(slotIndex, from + 1, taken + take);
      if (take > 0) picks.pop();
      if (!goOn) return false;
    }
    return true;
  }
  return fill(0, 0, 0) ? found : null;
}
