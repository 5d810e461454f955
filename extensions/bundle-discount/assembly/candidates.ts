import {
  Candidate,
  isByPrice,
  makeRoom,
  pick,
  picked,
  pickedCount,
  setWeighed,
  taken,
  tierOf,
  toCandidate,
  unpick,
  usedOf,
  weigh,
  valueOf,
  weighedValue,
  weightOf,
} from './candidate';
import { PlanTier, Reward } from './kinds/plan';
import { Matched, noLimit, Sizes, Slot } from './match';
import { Pool, unitsFrom } from './pools';
import { hasWorkLeft, work, workOfFilling, workOfFillings, workOfLook } from './work';

/** Units only get fewer while bundles are formed, so that pools without any are passed over for good. */
function firstLeft(slot: Slot, left: StaticArray<f64>): i32 {
  const pools = slot.pools;
  let first = slot.first;
  while (first < pools.length && unchecked(left[unchecked(pools[first])]) <= 0) first += 1;
  slot.first = first;
  return first;
}

/** Pools that were looked at to pick the dearest. */
let looked: i32 = 0;

/** Picks the dearest units that are left for an offer of one size. @returns how many of the picked pools pay; -1 where a place stays empty */
function pickDearest(matched: Matched, left: StaticArray<f64>, pools: Array<Pool>): i32 {
  unpick(0);
  looked = 0;
  const lesser = matched.lesser;
  let paid = 0;
  let cheapestPaid = Infinity;
  for (let at = 0; at < matched.slots.length; at += 1) {
    const slot = unchecked(matched.slots[at]);
    const choice = slot.pools;
    let need = slot.min;
    for (let from = firstLeft(slot, left); need > 0; from += 1) {
      if (from === choice.length) return -1;
      looked += 1;
      const index = unchecked(choice[from]);
      let there = unchecked(left[index]);
      if (matched.shared) there -= usedOf(index);
      if (there <= 0) continue;
      if (lesser !== null && unchecked(lesser[index])) {
        const price = unchecked(pools[index]).price;
        if (slot.paid) cheapestPaid = Math.min(cheapestPaid, price);
        else if (price > cheapestPaid) continue;
      }
      const take = there < need ? there : need;
      pick(index, take);
      need -= take;
    }
    if (slot.paid) paid = pickedCount;
  }
  return paid;
}

/** The sizes of an open slot that may be tried whatever is left: its smallest, and the steps of the reward. */
function listSizes(open: Slot, tiers: Array<PlanTier>): Sizes {
  const sizes = new Sizes(tiers.length + 1);
  const list = sizes.units;
  const ranks = sizes.ranks;
  unchecked((list[0] = open.min));
  let count = 1;
  for (let tier = 0; tier < tiers.length; tier += 1) {
    const units = unchecked(tiers[tier]).units;
    if (units <= open.min || units > open.max) continue;
    let at = count;
    while (unchecked(list[at - 1]) > units) at -= 1;
    if (unchecked(list[at - 1]) === units) continue;
    for (let from = count; from > at; from -= 1) {
      unchecked((list[from] = unchecked(list[from - 1])));
      unchecked((ranks[from] = unchecked(ranks[from - 1])));
    }
    unchecked((list[at] = units));
    unchecked((ranks[at] = tier + 1));
    count += 1;
  }
  unchecked((list[count] = Infinity));
  for (let at = 0; at < count; at += 1) {
    const tier = tierOf(tiers, unchecked(list[at]));
    if (tier !== null) unchecked((sizes.rewards[at] = tier.reward));
  }
  return sizes;
}

/** The parts in a reward of the first `count` pools that are picked, with only so many units of the last. */
function weightsOfPicked(reward: Reward, count: i32, lastUnits: f64, pools: Array<Pool>): f64 {
  const last = count - 1;
  let weights = weightOf(reward, unchecked(pools[unchecked(picked[last])]).price) * lastUnits;
  for (let at = 0; at < last; at += 1)
    weights += weightOf(reward, unchecked(pools[unchecked(picked[at])]).price) * unchecked(taken[at]);
  return weights;
}

/**
 * The best of what the dearest units that are left make of an offer whose only slot is of many sizes. The units of a size
 * are the first ones of every larger size: all sizes are weighed in one walk through the pools.
 */
function dearestOfSizes(matched: Matched, open: Slot, left: StaticArray<f64>, pools: Array<Pool>): Candidate | null {
  const choice = open.pools;
  const first = firstLeft(open, left);
  const available = unitsFrom(choice, first, left);
  const largest = Math.min(open.max, available);
  if (largest < open.min) {
    work(<f64>choice.length);
    return null;
  }
  const times = matched.times;
  if (open.sizes === null) open.sizes = listSizes(open, matched.tiers);
  const sizes = open.sizes!;
  const list = sizes.units;
  let even = Math.floor(available / Math.ceil(available / open.max));
  if (even < open.min) even = largest;
  makeRoom(choice.length);
  const indices = picked;
  const units = taken;
  let count = 0;
  let bestInAll: f64 = 0;
  let bestRank = 0;
  let bestPicked = 0;
  let bestUnits: f64 = 0;
  let bestSize: f64 = 0;
  let bestValue: f64 = 0;
  // What was picked from the pools before, and how many of the sizes were tried.
  let before: f64 = 0;
  let price: f64 = 0;
  let floor: f64 = 0;
  let tried = 0;
  let lookedInAll = 0;
  let at = 0;
  let size = open.min;
  let reward: Reward | null = null;
  for (let from = first; size <= largest; from += 1) {
    const index = unchecked(choice[from]);
    const there = unchecked(left[index]);
    if (there <= 0) continue;
    const pool = unchecked(pools[index]);
    unchecked((indices[count] = index));
    unchecked((units[count] = there));
    count += 1;
    while (size - before <= there) {
      tried += 1;
      lookedInAll += from + 1 - first;
      const isListed = unchecked(list[at]) === size;
      if (isListed) reward = unchecked(sizes.rewards[at]);
      if (reward !== null) {
        const last = size - before;
        const sizePrice = price + pool.price * last;
        const sizeFloor = floor + pool.floor * last;
        const weights = isByPrice(reward) ? sizePrice : weightsOfPicked(reward, count, last, pools);
        const value = valueOf(matched, reward, sizePrice, sizeFloor, weights);
        const inAll = value * Math.min(times, Math.floor(available / size));
        // Of equal ones that counts which stands first in the list of the definition: the largest, the even one, the others.
        if (inAll >= bestInAll && inAll > 0) {
          const rank = size === largest ? -2 : size === even ? -1 : unchecked(sizes.ranks[at]);
          if (inAll > bestInAll || rank < bestRank) {
            bestInAll = inAll;
            bestRank = rank;
            bestPicked = count;
            bestUnits = last;
            bestSize = size;
            bestValue = value;
          }
        }
      }
      if (isListed) at += 1;
      let next = unchecked(list[at]);
      if (size < even && even < next) next = even;
      if (next > largest) next = size < largest ? largest : Infinity;
      size = next;
    }
    price += pool.price * there;
    floor += pool.floor * there;
    before += there;
  }
  work(<f64>choice.length + workOfFillings(tried, lookedInAll));
  if (bestPicked === 0) return null;
  unpick(bestPicked);
  unchecked((units[bestPicked - 1] = bestUnits));
  setWeighed(bestSize, bestValue);
  return toCandidate(matched, 0);
}

/** The best of what the dearest units that are left make of an offer, or null when a slot cannot be filled. */
export function dearestCandidate(matched: Matched, left: StaticArray<f64>, pools: Array<Pool>): Candidate | null {
  if (matched.limit !== noLimit && unchecked(left[matched.limit]) < 1) return null;
  if (matched.open !== null) return dearestOfSizes(matched, matched.open!, left, pools);
  const paid = pickDearest(matched, left, pools);
  work(workOfFilling(looked, pickedCount, matched.shared));
  return paid >= 0 && weigh(matched, paid, pools) ? toCandidate(matched, paid) : null;
}

function thereOf(matched: Matched, index: i32, pools: Array<Pool>): f64 {
  const count = unchecked(pools[index]).count;
  return matched.shared ? count - usedOf(index) : count;
}

/** @param rest units that the slot has from its pool `from` on */
function fill(
  matched: Matched,
  pools: Array<Pool>,
  at: i32,
  from: i32,
  inSlot: f64,
  rest: f64,
  paid: i32,
  found: Array<Candidate>,
): void {
  const slot = unchecked(matched.slots[at]);
  if (from === slot.pools.length || inSlot === slot.max) {
    if (inSlot >= slot.min) enter(matched, pools, at + 1, slot.paid ? pickedCount : paid, found);
    return;
  }
  const index = unchecked(slot.pools[from]);
  const there = thereOf(matched, index, pools);
  const missing = slot.max - inSlot;
  const least = Math.max(0, slot.min - inSlot - (rest - there));
  for (let take = there < missing ? there : missing; take >= least; take -= 1) {
    if (take > 0) pick(index, take);
    fill(matched, pools, at, from + 1, inSlot + take, rest - there, paid, found);
    if (take > 0) unpick(pickedCount - 1);
  }
}

function enter(matched: Matched, pools: Array<Pool>, at: i32, paid: i32, found: Array<Candidate>): void {
  if (!hasWorkLeft()) return;
  if (at === matched.slots.length) {
    work(workOfFilling(pickedCount, pickedCount, matched.shared));
    if (weigh(matched, paid, pools) && weighedValue > 0) found.push(toCandidate(matched, paid));
    return;
  }
  const slot = unchecked(matched.slots[at]);
  work(workOfLook * <f64>slot.pools.length);
  let rest: f64 = 0;
  for (let place = 0; place < slot.pools.length; place += 1)
    rest += thereOf(matched, unchecked(slot.pools[place]), pools);
  fill(matched, pools, at, 0, 0, rest, paid, found);
}

/** Every way to fill an offer once in which something comes off, as far as the work reaches. */
export function allCandidates(matched: Matched, pools: Array<Pool>, found: Array<Candidate>): void {
  unpick(0);
  enter(matched, pools, 0, 0, found);
}
