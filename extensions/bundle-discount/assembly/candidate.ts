import { PlanTier, Reward, rewardAmount, rewardPercentage, rewardUnitAmount, rewardUnitPrice } from './kinds/plan';
import { percentageOf } from './margin';
import { Matched } from './match';
import { Pool } from './pools';

/** One way to fill an offer once. Those that were not chosen are filled again, because nothing frees memory. */
export class Candidate {
  /** picked pools, and units of each; the first `paid` of them pay in full */
  readonly pools: Array<i32>;
  readonly units: Array<f64>;
  paid: i32 = 0;
  /** units in all */
  size: f64 = 0;
  /** what comes off after the margin guard */
  value: f64 = 0;
  /** pools from which it takes, and how many of each; most often the picked ones */
  needs: Array<i32>;
  counts: Array<f64>;
  /** it is part of the best choice so far */
  chosen: bool = false;

  /** where needs that differ from what is picked are written */
  ownNeeds: Array<i32> | null = null;
  ownCounts: Array<f64> | null = null;

  constructor(
    public matched: Matched,
    /** pools that are picked */
    count: i32,
  ) {
    const pools = new Array<i32>(count);
    const units = new Array<f64>(count);
    this.pools = pools;
    this.units = units;
    this.needs = pools;
    this.counts = units;
  }
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
export let picked = new StaticArray<i32>(64);
export let taken = new StaticArray<f64>(64);
export let pickedCount: i32 = 0;

/** Makes room on the stack for so many pools. */
export function makeRoom(count: i32): void {
  while (picked.length < count) {
    picked = StaticArray.concat<i32>(picked, new StaticArray<i32>(picked.length));
    taken = StaticArray.concat<f64>(taken, new StaticArray<f64>(taken.length));
  }
}

/** Puts a pool and units of it on the stack. */
export function pick(pool: i32, units: f64): void {
  const at = pickedCount;
  if (at === picked.length) makeRoom(at + 1);
  unchecked((picked[at] = pool));
  unchecked((taken[at] = units));
  pickedCount = at + 1;
}

/** Takes from the top of the stack what is above this many picks, or leaves as many as were written there. */
export function unpick(count: i32): void {
  pickedCount = count;
}

// What `weigh` found.
let weighedSize: f64 = 0;
export let weighedValue: f64 = 0;

/** True where a reduced unit is dearer than one that pays, of the units that may do either. */
function isUpsideDown(lesser: StaticArray<bool>, paid: i32, pools: Array<Pool>): bool {
  let lowestPaid = Infinity;
  let highestReduced: f64 = 0;
  for (let at = 0; at < pickedCount; at += 1) {
    const index = unchecked(picked[at]);
    if (!unchecked(lesser[index])) continue;
    const price = unchecked(pools[index]).price;
    if (at < paid) lowestPaid = Math.min(lowestPaid, price);
    else highestReduced = Math.max(highestReduced, price);
  }
  return highestReduced > lowestPaid;
}

/** Weighs what is picked; false when nothing comes off, or a reduced unit is dearer than one that pays. */
export function weigh(matched: Matched, paid: i32, pools: Array<Pool>): bool {
  let reduced: f64 = 0;
  for (let at = paid; at < pickedCount; at += 1) reduced += unchecked(taken[at]);
  const tier = tierOf(matched.tiers, reduced);
  if (tier === null) return false;
  const lesser = matched.lesser;
  if (lesser !== null && isUpsideDown(lesser, paid, pools)) return false;
  const reward = tier.reward;
  const byPrice = isByPrice(reward);
  let price: f64 = 0;
  let floor: f64 = 0;
  let size: f64 = 0;
  let weights: f64 = 0;
  for (let at = 0; at < pickedCount; at += 1) {
    const pool = unchecked(pools[unchecked(picked[at])]);
    const count = unchecked(taken[at]);
    const cost = pool.price * count;
    price += cost;
    floor += pool.floor * count;
    size += count;
    if (at >= paid) weights += byPrice ? cost : weightOf(reward, pool.price) * count;
  }
  setWeighed(size, valueOf(matched, reward, price, floor, weights));
  return true;
}

/** True for a reward of which each unit's part is its price. */
export function isByPrice(reward: Reward): bool {
  return reward.type === rewardPercentage || reward.type === rewardAmount;
}

/** What a reward wants to take off, by the parts of the reduced units. */
function wantedOf(reward: Reward, weights: f64): f64 {
  if (reward.type === rewardPercentage) return percentageOf(weights, reward.size);
  return reward.type === rewardAmount && reward.size < weights ? reward.size : weights;
}

/** What comes off units that cost so much in all, and must cost at least so much; `weights` are the reduced ones'. */
export function valueOf(matched: Matched, reward: Reward, price: f64, floor: f64, weights: f64): f64 {
  const wanted = wantedOf(reward, weights);
  const room = matched.byOrder ? price : price - floor;
  const value = wanted < price ? wanted : price;
  // A gift that costs something is none.
  return room >= value ? value : matched.whole || room < 0 ? 0 : room;
}

/** What comes off so many units of one pool. */
export function valueOfUnits(matched: Matched, pool: Pool, units: f64): f64 {
  const tier = tierOf(matched.tiers, units);
  if (tier === null) return 0;
  const reward = tier.reward;
  const price = pool.price * units;
  const weights = isByPrice(reward) ? price : weightOf(reward, pool.price) * units;
  return valueOf(matched, reward, price, pool.floor * units, weights);
}

/** What is picked are so many units, off which this comes. */
export function setWeighed(size: f64, value: f64): void {
  weighedSize = size;
  weighedValue = value;
}

/** True where the margin guard took nothing away. */
export function isUnguarded(candidate: Candidate, pools: Array<Pool>): bool {
  let reduced: f64 = 0;
  for (let at = candidate.paid; at < candidate.units.length; at += 1) reduced += unchecked(candidate.units[at]);
  const tier = tierOf(candidate.matched.tiers, reduced);
  if (tier === null) return false;
  let price: f64 = 0;
  let weights: f64 = 0;
  for (let at = 0; at < candidate.pools.length; at += 1) {
    const pool = unchecked(pools[unchecked(candidate.pools[at])]);
    const count = unchecked(candidate.units[at]);
    price += pool.price * count;
    if (at >= candidate.paid) weights += weightOf(tier.reward, pool.price) * count;
  }
  return candidate.value >= Math.min(price, wantedOf(tier.reward, weights));
}

/** What is picked and weighed as a candidate. */
export function toCandidate(matched: Matched, paid: i32): Candidate {
  const count = pickedCount;
  const candidate = spare.length > 0 ? spare.pop() : new Candidate(matched, count);
  const pools = candidate.pools;
  const units = candidate.units;
  pools.length = count;
  units.length = count;
  memory.copy(pools.dataStart, changetype<usize>(picked), (<usize>count) << 2);
  memory.copy(units.dataStart, changetype<usize>(taken), (<usize>count) << 3);
  candidate.matched = matched;
  candidate.paid = paid;
  candidate.size = weighedSize;
  candidate.value = weighedValue;
  candidate.chosen = false;
  mergeNeeds(candidate);
  return candidate;
}

/** Units of one pool in two places are one need. */
function mergeNeeds(candidate: Candidate): void {
  const pools = candidate.pools;
  const units = candidate.units;
  if (!candidate.matched.shared) {
    candidate.needs = pools;
    candidate.counts = units;
    return;
  }
  if (candidate.ownNeeds === null) candidate.ownNeeds = new Array<i32>();
  if (candidate.ownCounts === null) candidate.ownCounts = new Array<f64>();
  const needs = candidate.ownNeeds!;
  const counts = candidate.ownCounts!;
  candidate.needs = needs;
  candidate.counts = counts;
  needs.length = 0;
  counts.length = 0;
  for (let at = 0; at < pools.length; at += 1) {
    const index = unchecked(pools[at]);
    const known = needs.indexOf(index);
    if (known >= 0) unchecked((counts[known] += unchecked(units[at])));
    else {
      needs.push(index);
      counts.push(unchecked(units[at]));
    }
  }
}

/** Units of a pool that are picked already. */
export function usedOf(index: i32): f64 {
  let used: f64 = 0;
  for (let at = 0; at < pickedCount; at += 1) if (unchecked(picked[at]) === index) used += unchecked(taken[at]);
  return used;
}
