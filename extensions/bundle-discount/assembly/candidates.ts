import { PlanTier, Reward, rewardAmount, rewardPercentage, rewardUnitAmount, rewardUnitPrice } from './kinds/plan';
import { percentageOf } from './margin';
import { Matched, noLimit, Slot } from './match';
import { Pool } from './pools';

/** One way to fill an offer once. Those that were not chosen are filled again, because nothing frees memory. */
export class Candidate {
  /** picked pools, and units of each; the first `paid` of them pay in full */
  readonly pools: Array<i32> = new Array<i32>();
  readonly units: Array<f64> = new Array<f64>();
  paid: i32 = 0;
  /** units in all */
  size: f64 = 0;
  /** what comes off after the margin guard */
  value: f64 = 0;
  /** places among the counts that are left from which it takes, and how many of each */
  readonly needs: Array<i32> = new Array<i32>();
  readonly counts: Array<f64> = new Array<f64>();
  /** it is part of the best choice so far */
  chosen: bool = false;

  constructor(public matched: Matched) {}
}

const spare = new Array<Candidate>();

/** Gives a candidate back that nobody looks at any more. */
export function recycle(candidate: Candidate): void {
  spare.push(candidate);
}

/** The highest tier that this number of reduced units reaches, or null. */
export function tierOf(tiers: Array<PlanTier>, units: f64): PlanTier | null {
  for (let at = tiers.length - 1; at >= 0; at -= 1) {
    const tier = unchecked(tiers[at]);
    if (tier.units <= units) return tier;
  }
  return null;
}

/** The part of one unit of this price in a reward. */
export function weightOf(reward: Reward, price: f64): f64 {
  if (reward.type === rewardUnitAmount) return reward.size < price ? reward.size : price;
  if (reward.type === rewardUnitPrice) return reward.size < price ? price - reward.size : 0;
  return price;
}

// What is being filled: picked pools and the units of each. A stack, used again for every candidate.
const picked = new Array<i32>();
const taken = new Array<f64>();

// What `weigh` found.
let weighedSize: f64 = 0;
let weighedValue: f64 = 0;

/** True where a reduced unit is dearer than one that pays, of the units that may do either. */
function isUpsideDown(lesser: StaticArray<bool>, paid: i32, pools: Array<Pool>): bool {
  let lowestPaid = Infinity;
  let highestReduced: f64 = 0;
  for (let at = 0; at < picked.length; at += 1) {
    const index = unchecked(picked[at]);
    if (!unchecked(lesser[index])) continue;
    const price = unchecked(pools[index]).price;
    if (at < paid) lowestPaid = Math.min(lowestPaid, price);
    else highestReduced = Math.max(highestReduced, price);
  }
  return highestReduced > lowestPaid;
}

/** Weighs what is picked; false when nothing comes off, or a reduced unit is dearer than one that pays. */
function weigh(matched: Matched, paid: i32, pools: Array<Pool>): bool {
  let reduced: f64 = 0;
  for (let at = paid; at < taken.length; at += 1) reduced += unchecked(taken[at]);
  const tier = tierOf(matched.tiers, reduced);
  if (tier === null) return false;
  const lesser = matched.lesser;
  if (lesser !== null && isUpsideDown(lesser, paid, pools)) return false;
  const reward = tier.reward;
  const byPrice = reward.type === rewardPercentage || reward.type === rewardAmount;
  let price: f64 = 0;
  let floor: f64 = 0;
  let size: f64 = 0;
  let weights: f64 = 0;
  for (let at = 0; at < picked.length; at += 1) {
    const pool = unchecked(pools[unchecked(picked[at])]);
    const count = unchecked(taken[at]);
    const cost = pool.price * count;
    price += cost;
    floor += pool.floor * count;
    size += count;
    if (at >= paid) weights += byPrice ? cost : weightOf(reward, pool.price) * count;
  }
  let wanted = weights;
  if (reward.type === rewardPercentage) wanted = percentageOf(weights, reward.size);
  else if (reward.type === rewardAmount && reward.size < weights) wanted = reward.size;
  const room = matched.byOrder ? price : price - floor;
  let value = wanted < price ? wanted : price;
  // A gift that costs something is none.
  if (room < value) value = matched.whole || room < 0 ? 0 : room;
  weighedSize = size;
  weighedValue = value;
  return true;
}

/** What is picked and weighed as a candidate. */
function toCandidate(matched: Matched, paid: i32): Candidate {
  const candidate = spare.length > 0 ? spare.pop() : new Candidate(matched);
  const count = picked.length;
  const pools = candidate.pools;
  const units = candidate.units;
  pools.length = count;
  units.length = count;
  for (let at = 0; at < count; at += 1) {
    unchecked((pools[at] = unchecked(picked[at])));
    unchecked((units[at] = unchecked(taken[at])));
  }
  candidate.matched = matched;
  candidate.paid = paid;
  candidate.size = weighedSize;
  candidate.value = weighedValue;
  candidate.chosen = false;
  mergeNeeds(candidate);
  return candidate;
}

/** Units of one pool in two places are one need, and each time is one of the times that are left. */
function mergeNeeds(candidate: Candidate): void {
  const pools = candidate.pools;
  const units = candidate.units;
  const matched = candidate.matched;
  const needs = candidate.needs;
  const counts = candidate.counts;
  needs.length = 0;
  counts.length = 0;
  for (let at = 0; at < pools.length; at += 1) {
    const index = unchecked(pools[at]);
    const known = matched.shared ? needs.indexOf(index) : -1;
    if (known >= 0) unchecked((counts[known] += unchecked(units[at])));
    else {
      needs.push(index);
      counts.push(unchecked(units[at]));
    }
  }
  if (matched.limit !== noLimit) {
    needs.push(matched.limit);
    counts.push(1);
  }
}

function usedOf(index: i32): f64 {
  let used: f64 = 0;
  for (let at = 0; at < picked.length; at += 1) if (unchecked(picked[at]) === index) used += unchecked(taken[at]);
  return used;
}

/** Picks the dearest units that are left. @returns how many of the picked pools pay; -1 where a place stays empty */
function pickDearest(matched: Matched, left: StaticArray<f64>, pools: Array<Pool>, size: f64): i32 {
  picked.length = 0;
  taken.length = 0;
  const lesser = matched.lesser;
  let paid = 0;
  let cheapestPaid = Infinity;
  for (let at = 0; at < matched.slots.length; at += 1) {
    const slot = unchecked(matched.slots[at]);
    const choice = slot.pools;
    let need = slot.min < slot.max ? size : slot.min;
    for (let from = 0; need > 0; from += 1) {
      if (from === choice.length) return -1;
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
      picked.push(index);
      taken.push(take);
      need -= take;
    }
    if (slot.paid) paid = picked.length;
  }
  return paid;
}

function fillDearest(matched: Matched, left: StaticArray<f64>, pools: Array<Pool>, size: f64): Candidate | null {
  const paid = pickDearest(matched, left, pools, size);
  return paid >= 0 && weigh(matched, paid, pools) ? toCandidate(matched, paid) : null;
}

const sizes = new Array<f64>();

/** The best of what the dearest units that are left make of an offer, or null when a slot cannot be filled. */
export function dearestCandidate(matched: Matched, left: StaticArray<f64>, pools: Array<Pool>): Candidate | null {
  if (matched.limit !== noLimit && unchecked(left[matched.limit]) < 1) return null;
  const open = matched.open;
  if (open === null) return fillDearest(matched, left, pools, 0);
  let available: f64 = 0;
  for (let at = 0; at < open.pools.length; at += 1) available += unchecked(left[unchecked(open.pools[at])]);
  const largest = Math.min(open.max, available);
  if (largest < open.min) return null;
  sizes.length = 0;
  sizes.push(largest);
  sizes.push(Math.floor(available / Math.ceil(available / open.max)));
  sizes.push(open.min);
  for (let at = 0; at < matched.tiers.length; at += 1) sizes.push(unchecked(matched.tiers[at]).units);
  let best: f64 = 0;
  let bestInAll: f64 = -1;
  for (let at = 0; at < sizes.length; at += 1) {
    const size = unchecked(sizes[at]);
    if (size < open.min || size > largest || sizes.indexOf(size) < at) continue;
    const paid = pickDearest(matched, left, pools, size);
    let inAll: f64 = 0;
    if (paid >= 0 && weigh(matched, paid, pools))
      inAll = weighedValue * Math.min(matched.times, Math.floor(available / size));
    if (inAll > bestInAll) {
      best = size;
      bestInAll = inAll;
    }
  }
  return bestInAll < 0 ? null : fillDearest(matched, left, pools, best);
}

let ways = new StaticArray<f64>(64);

/** In how many ways a slot can be filled; from `limit` on any larger number. */
function waysOfSlot(slot: Slot, pools: Array<Pool>, limit: f64): f64 {
  // Each size can be filled in one way at least.
  if (slot.max - slot.min >= limit) return limit + 1;
  // ways[n] = ways to take n units of the pools seen so far, as far as they can matter
  const length = <i32>slot.max + 1;
  if (ways.length < length) ways = new StaticArray<f64>(length);
  for (let units = 1; units < length; units += 1) unchecked((ways[units] = 0));
  unchecked((ways[0] = 1));
  let reach = 0;
  let all: f64 = 0;
  for (let at = 0; at < slot.pools.length; at += 1) {
    const count = unchecked(pools[unchecked(slot.pools[at])]).count;
    const most = <i32>Math.min(slot.max, <f64>reach + count);
    const window = <i32>Math.min(count, <f64>most);
    let sum: f64 = 0;
    for (let rest = most - window; rest <= reach; rest += 1) sum += unchecked(ways[rest]);
    for (let units = most; units > 0; units -= 1) {
      const own = unchecked(ways[units]);
      unchecked((ways[units] = Math.min(sum, limit + 1)));
      sum -= own;
      const next = units - 1 - window;
      if (next >= 0) sum += unchecked(ways[next]);
    }
    reach = most;
    all = 0;
    for (let units = <i32>slot.min; units <= reach; units += 1) all += unchecked(ways[units]);
    if (all > limit) return all;
  }
  return all;
}

/** In how many ways an offer can be filled once; from `limit` on any larger number. Places may count units twice. */
export function waysOf(matched: Matched, pools: Array<Pool>, limit: f64): f64 {
  let all: f64 = 1;
  for (let at = 0; at < matched.slots.length; at += 1) {
    const slot = unchecked(matched.slots[at]);
    if (slot.pools.length > 1 || slot.min < slot.max) all *= waysOfSlot(slot, pools, limit);
    if (all > limit) return all;
  }
  return all;
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
    if (inSlot >= slot.min) enter(matched, pools, at + 1, slot.paid ? picked.length : paid, found);
    return;
  }
  const index = unchecked(slot.pools[from]);
  const there = thereOf(matched, index, pools);
  const missing = slot.max - inSlot;
  const least = Math.max(0, slot.min - inSlot - (rest - there));
  for (let take = there < missing ? there : missing; take >= least; take -= 1) {
    if (take > 0) {
      picked.push(index);
      taken.push(take);
    }
    fill(matched, pools, at, from + 1, inSlot + take, rest - there, paid, found);
    if (take > 0) {
      picked.pop();
      taken.pop();
    }
  }
}

function enter(matched: Matched, pools: Array<Pool>, at: i32, paid: i32, found: Array<Candidate>): void {
  if (at === matched.slots.length) {
    if (weigh(matched, paid, pools) && weighedValue > 0) found.push(toCandidate(matched, paid));
    return;
  }
  const slot = unchecked(matched.slots[at]);
  let rest: f64 = 0;
  for (let place = 0; place < slot.pools.length; place += 1)
    rest += thereOf(matched, unchecked(slot.pools[place]), pools);
  fill(matched, pools, at, 0, 0, rest, paid, found);
}

/** Every way to fill an offer once from all that the pools hold, as far as something comes off. */
export function allCandidates(matched: Matched, pools: Array<Pool>, found: Array<Candidate>): void {
  picked.length = 0;
  taken.length = 0;
  enter(matched, pools, 0, 0, found);
}
