import { Candidate, recycle } from './candidate';
import { noLimit } from './match';
import { stableSort } from './sort';
import { hasWorkLeft, work, workOfNeed, workOfStep } from './work';

export class Choice {
  constructor(
    readonly candidate: Candidate,
    readonly count: f64,
  ) {}
}

/** How often a candidate fits into what is left. */
export function fits(candidate: Candidate, left: StaticArray<f64>): f64 {
  const needs = candidate.needs;
  const counts = candidate.counts;
  const limit = candidate.matched.limit;
  let times = limit === noLimit ? Infinity : unchecked(left[limit]);
  for (let at = 0; at < needs.length; at += 1) {
    const there = unchecked(left[unchecked(needs[at])]);
    const count = unchecked(counts[at]);
    if (there >= times * count) continue;
    times = count === 1 ? there : Math.floor(there / count);
    if (times === 0) return 0;
  }
  return times;
}

export function take(candidate: Candidate, times: f64, left: StaticArray<f64>): void {
  const limit = candidate.matched.limit;
  if (limit !== noLimit) unchecked((left[limit] -= times));
  const needs = candidate.needs;
  const counts = candidate.counts;
  for (let at = 0; at < needs.length; at += 1) {
    const place = unchecked(needs[at]);
    unchecked((left[place] -= unchecked(counts[at]) * times));
  }
}

// The state of one search: its recursion has no closure to keep it in.
let order = new Array<Candidate>();
let counts = new StaticArray<f64>(0);
let chosen = new Array<Choice>();
let best = new Array<Choice>();
let bestWorth: f64 = 0;
let maxSteps: i32 = 0;
/** Steps that the last search took. */
export let stepsTaken: i32 = 0;

/** Best value per unit first. */
function compareWorth(a: Candidate, b: Candidate): i32 {
  const difference = b.value * a.size - a.value * b.size;
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

function visit(index: i32, value: f64, units: f64): void {
  if (value > bestWorth) {
    bestWorth = value;
    best = chosen.slice();
  }
  if (index >= order.length || stepsTaken >= maxSteps || !hasWorkLeft()) return;
  const candidate = unchecked(order[index]);
  if ((value - bestWorth) * candidate.size + units * candidate.value <= 0) return;
  stepsTaken += 1;
  work(workOfStep + workOfNeed * <f64>(candidate.needs.length + (candidate.matched.limit === noLimit ? 0 : 1)));
  let times = fits(candidate, counts);
  if (times > 0) take(candidate, times, counts);
  for (; times > 0; times -= 1) {
    const before = stepsTaken;
    chosen.push(new Choice(candidate, times));
    visit(index + 1, value + candidate.value * times, units - candidate.size * times);
    chosen.pop();
    // Where this often leads nowhere, less often does not either: it saves less and leaves only what is worth less.
    if (stepsTaken === before) {
      take(candidate, -times, counts);
      return;
    }
    take(candidate, -1, counts);
  }
  visit(index + 1, value, units);
}

/** What the pools that some candidates take from hold together. */
function unitsOf(candidates: Array<Candidate>, left: StaticArray<f64>): f64 {
  const touched = new StaticArray<bool>(left.length);
  let units: f64 = 0;
  for (let at = 0; at < candidates.length; at += 1) {
    const pools = unchecked(candidates[at]).pools;
    for (let place = 0; place < pools.length; place += 1) {
      const pool = unchecked(pools[place]);
      if (!unchecked(touched[pool])) units += unchecked(left[pool]);
      unchecked((touched[pool] = true));
    }
  }
  return units;
}

/**
 * Branch and bound over how often each candidate is used, best value per unit first. A branch is cut when even
 * filling all units that are left at the current value per unit would not beat the best.
 */
export function search(
  candidates: Array<Candidate>,
  left: StaticArray<f64>,
  incumbent: Array<Choice>,
  steps: i32,
): Array<Choice> {
  stableSort<Candidate>(candidates, compareWorth);
  order = candidates;
  counts = left;
  chosen.length = 0;
  best = incumbent;
  bestWorth = 0;
  for (let at = 0; at < incumbent.length; at += 1) {
    const choice = unchecked(incumbent[at]);
    bestWorth += choice.candidate.value * choice.count;
  }
  maxSteps = steps;
  stepsTaken = 0;
  visit(0, 0, unitsOf(candidates, left));
  for (let at = 0; at < best.length; at += 1) unchecked(best[at]).candidate.chosen = true;
  for (let at = 0; at < candidates.length; at += 1) {
    const candidate = unchecked(candidates[at]);
    if (!candidate.chosen) recycle(candidate);
  }
  return best;
}
