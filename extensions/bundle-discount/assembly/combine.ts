import { Candidate, isUnguarded, recycle, valueOfUnits } from './candidate';
import { allCandidates, dearestCandidate } from './candidates';
import { groupsOf } from './groups';
import { Matched, noLimit } from './match';
import { Pool } from './pools';
import { Choice, fits, search, stepsTaken, take } from './search';
import { waysOf } from './ways';
import { hasWorkLeft, work, workOfFilling, workOfLook } from './work';

// The limits of `searchLimits` in the definition.
const mostWays: f64 = 40;
const mostSteps: i32 = 120;
const mostStepsOfCart: i32 = 240;

/** Puts a candidate into a list that is ordered by value from `first` on, equal ones by offer id. */
function insert(queue: Array<Candidate>, first: i32, candidate: Candidate): void {
  const length = queue.length;
  const value = candidate.value;
  const place = candidate.matched.place;
  let low = first;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const known = unchecked(queue[middle]);
    if (known.value > value || (known.value === value && known.matched.place < place)) low = middle + 1;
    else high = middle;
  }
  queue.push(candidate);
  if (low === length) return;
  const from = queue.dataStart + ((<usize>low) << 2);
  memory.copy(from + 4, from, (<usize>(length - low)) << 2);
  unchecked((queue[low] = candidate));
}

/** Again and again the offer that saves most on its dearest units, as often as it fits. */
function greedy(group: Array<Matched>, left: StaticArray<f64>, pools: Array<Pool>): Array<Choice> {
  const choices = new Array<Choice>();
  const queue = new Array<Candidate>();
  for (let at = 0; at < group.length && hasWorkLeft(); at += 1) {
    const candidate = dearestCandidate(unchecked(group[at]), left, pools);
    if (candidate !== null && candidate.value > 0) insert(queue, 0, candidate);
  }
  for (let first = 0; first < queue.length; first += 1) {
    const best = unchecked(queue[first]);
    const matched = best.matched;
    const count = fits(best, left);
    if (count > 0) {
      take(best, count, left);
      choices.push(new Choice(best, count));
    } else recycle(best);
    // Without its only units there is no other way to fill it.
    if (matched.single || !hasWorkLeft()) continue;
    const next = dearestCandidate(matched, left, pools);
    if (next !== null && next.value > 0) insert(queue, first + 1, next);
  }
  return choices;
}

/** In how many ways a group can be filled; from `mostWays` on any larger number. */
function waysOfGroup(group: Array<Matched>, pools: Array<Pool>): f64 {
  let ways: f64 = 0;
  for (let at = 0; at < group.length; at += 1) {
    const matched = unchecked(group[at]);
    if (matched.single) ways += 1;
    else if (ways <= mostWays) ways += waysOf(matched, pools, mostWays - ways);
  }
  return ways;
}

/** True when one offer alone takes every unit it may, once, with its full reward: nothing can save more. */
function takesAll(group: Array<Matched>, chosen: Array<Choice>, pools: Array<Pool>): bool {
  if (group.length !== 1 || chosen.length === 0) return false;
  const matched = unchecked(group[0]);
  if (matched.slots.length !== 1 || matched.times !== 1) return false;
  const candidate = unchecked(chosen[0]).candidate;
  return candidate.size === unchecked(matched.slots[0]).max && isUnguarded(candidate, pools);
}

/**
 * True where only one offer may be used, once, on one pool, and none of its ways is better than what was chosen, so that a
 * search would not take its first step. What looking at the ways takes is counted.
 */
function isBestOfOnePool(group: Array<Matched>, count: f64, chosen: Array<Choice>, pools: Array<Pool>): bool {
  if (group.length !== 1 || chosen.length !== 1 || count === 1) return false;
  const matched = unchecked(group[0]);
  if (matched.slots.length !== 1 || matched.times !== 1 || unchecked(matched.slots[0]).pools.length !== 1) return false;
  const slot = unchecked(matched.slots[0]);
  const pool = unchecked(pools[unchecked(slot.pools[0])]);
  const worth = unchecked(chosen[0]).candidate.value * unchecked(chosen[0]).count;
  for (let size = slot.max; size >= slot.min; size -= 1) {
    const value = valueOfUnits(matched, pool, size);
    if (value > 0 && pool.count * value - worth * size > 0) return false;
  }
  work(workOfLook + workOfFilling(1, 1, false) * count);
  return true;
}

const ways = new Array<Candidate>();

/** Whether the last call of `combine` searched every group to its end. */
export let isExact: bool = false;

/**
 * Chooses the bundles that save the shopper most, each unit in at most one of them.
 * @param offers in the order of their ids; the work ends with the last of them that it reaches
 */
export function combine(offers: Array<Matched>, pools: Array<Pool>): Array<Choice> {
  const choices = new Array<Choice>();
  let stepsLeft = mostStepsOfCart;
  const greedyLeft = new StaticArray<f64>(pools.length + offers.length);
  for (let at = 0; at < pools.length; at += 1) unchecked((greedyLeft[at] = unchecked(pools[at]).count));
  for (let at = 0; at < offers.length; at += 1) {
    const matched = unchecked(offers[at]);
    const limited = matched.times < Infinity;
    matched.place = at;
    matched.limit = limited ? pools.length + at : noLimit;
    unchecked((greedyLeft[pools.length + at] = limited ? matched.times : 0));
    for (let slot = 0; slot < matched.slots.length; slot += 1) unchecked(matched.slots[slot]).first = 0;
  }
  const searchLeft = StaticArray.slice<f64>(greedyLeft);
  const groups = groupsOf(offers, pools.length);
  isExact = true;
  for (let at = 0; at < groups.length; at += 1) {
    const group = unchecked(groups[at]);
    let chosen = greedy(group, greedyLeft, pools);
    // Without a step left nothing better is found; with one way only there is nothing to choose.
    const count = stepsLeft > 0 && hasWorkLeft() ? waysOfGroup(group, pools) : Infinity;
    if (count <= mostWays && isBestOfOnePool(group, count, chosen, pools)) {
      // A search would try all ways and take none of them.
    } else if (count <= mostWays && !(count === 1 && chosen.length > 0)) {
      ways.length = 0;
      for (let member = 0; member < group.length; member += 1) allCandidates(unchecked(group[member]), pools, ways);
      const steps = min(stepsLeft, mostSteps);
      chosen = search(ways, searchLeft, chosen, steps);
      stepsLeft -= stepsTaken;
      if (stepsTaken >= steps) isExact = false;
    } else if (count > mostWays && isExact) isExact = takesAll(group, chosen, pools);
    for (let index = 0; index < chosen.length; index += 1) choices.push(unchecked(chosen[index]));
  }
  isExact = isExact && hasWorkLeft();
  return choices;
}
