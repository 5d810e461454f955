import { allCandidates, type Candidate, dearestCandidate } from './candidates.ts';
import type { Matched } from './match.ts';
import type { Pool } from './pools.ts';
import { waysOf } from './ways.ts';
import { type Work, workOf } from './work.ts';

/**
 * How far the exact search goes. Offers that compete for units form a group; a group is searched exactly when
 * its bundles can be filled in at most `candidates` ways and the search ends within `steps`. Beyond that the
 * best of the greedy choice and of what the search has seen is taken. The numbers keep the Function inside
 * its budget of instructions, and are the same on every surface, so that all surfaces agree.
 * The compiled Function repeats them.
 */
export const searchLimits = { candidates: 40, steps: 120, stepsOfCart: 240 } as const;

export interface Choice {
  readonly candidate: Candidate;
  readonly count: number;
}

/** Splits offers (in order of their ids) into groups that share no unit; groups and members keep that order. */
function groupsOf(offers: readonly Matched[], poolCount: number): Matched[][] {
  // A pool's owner is the first offer that wants it; an offer's leader is an earlier one that it competes with.
  const owner: (number | undefined)[] = new Array<undefined>(poolCount);
  const leader: number[] = [];
  const leaderOf = (offer: number): number => {
    let found = offer;
    for (let next = leader[found] ?? found; next !== found; next = leader[found] ?? found) found = next;
    return found;
  };
  for (let at = 0; at < offers.length; at += 1) {
    leader.push(at);
    for (const { pools } of offers[at]?.slots ?? []) {
      for (let place = 0; place < pools.length; place += 1) {
        const pool = pools[place] ?? 0;
        const other = owner[pool];
        if (other === undefined) owner[pool] = at;
        else if (other !== at) {
          const [a, b] = [leaderOf(at), leaderOf(other)];
          if (a < b) leader[b] = a;
          else leader[a] = b;
          owner[pool] = at;
        }
      }
    }
  }
  const groups: Matched[][] = [];
  const groupOf: (Matched[] | undefined)[] = new Array<undefined>(offers.length);
  for (let at = 0; at < offers.length; at += 1) {
    const offer = offers[at];
    const first = leaderOf(at);
    const group = groupOf[first];
    if (!offer) continue;
    if (group) group.push(offer);
    else groups.push((groupOf[first] = [offer]));
  }
  return groups;
}

export function byOfferId(a: Matched, b: Matched): number {
  return a.offer.id < b.offer.id ? -1 : a.offer.id > b.offer.id ? 1 : 0;
}

/** How often a candidate fits into what is left. */
function fits({ needs, counts }: Candidate, left: readonly number[]): number {
  let times = Infinity;
  for (let at = 0; at < needs.length; at += 1) {
    const there = left[needs[at] ?? 0] ?? 0;
    const count = counts[at] ?? 1;
    // Most often one unit is needed and no division is.
    if (count === 1 ? there < times : there < times * count) times = count === 1 ? there : Math.floor(there / count);
  }
  return times;
}

function take({ needs, counts }: Candidate, times: number, left: number[]): void {
  for (let at = 0; at < needs.length; at += 1) {
    const place = needs[at] ?? 0;
    left[place] = (left[place] ?? 0) - (counts[at] ?? 0) * times;
  }
}

/** Puts a candidate into a list that is ordered by value; of equal ones the one with the smaller offer id is first. */
function insert(queue: Candidate[], candidate: Candidate): void {
  let at = queue.length;
  queue.push(candidate);
  for (; at > 0; at -= 1) {
    const before = queue[at - 1];
    if (!before || before.value > candidate.value) break;
    if (before.value === candidate.value && before.matched.place < candidate.matched.place) break;
    queue[at] = before;
  }
  queue[at] = candidate;
}

/**
 * Again and again the offer that saves most on its dearest units, as often as it fits; ties go to the smaller id. An
 * offer is looked at again only when it is the best and its units are gone, because it saves less then.
 */
function greedy(group: readonly Matched[], left: number[], pools: readonly Pool[], work: Work): Choice[] {
  const choices: Choice[] = [];
  const queue: Candidate[] = [];
  for (const matched of group) {
    if (work.left <= 0) break;
    const candidate = dearestCandidate(matched, left, pools, work);
    if (candidate && candidate.value > 0) insert(queue, candidate);
  }
  for (let best = queue.shift(); best; best = queue.shift()) {
    const count = fits(best, left);
    if (count > 0) {
      take(best, count, left);
      choices.push({ candidate: best, count });
    }
    // Without its only units there is no other way to fill it.
    const again = !best.matched.single && work.left > 0;
    const next = again ? dearestCandidate(best.matched, left, pools, work) : null;
    if (next && next.value > 0) insert(queue, next);
  }
  return choices;
}

function worth(choices: readonly Choice[]): number {
  let sum = 0;
  for (const { candidate, count } of choices) sum += candidate.value * count;
  return sum;
}

/**
 * Branch and bound over how often each candidate is used, best value per unit first. A branch is cut when even
 * filling all units that are left at the current value per unit would not beat the best.
 */
function search(
  candidates: readonly Candidate[],
  left: number[],
  incumbent: Choice[],
  maxSteps: number,
  work: Work,
): { choices: Choice[]; exact: boolean; steps: number } {
  const order = [...candidates].sort((a, b) => b.value * a.size - a.value * b.size);
  const touched = new Set<number>();
  let unitsLeft = 0;
  for (const { pools } of order) {
    for (const pool of pools) {
      if (!touched.has(pool)) unitsLeft += left[pool] ?? 0;
      touched.add(pool);
    }
  }
  let best = incumbent;
  let bestWorth = worth(incumbent);
  let steps = 0;
  const chosen: Choice[] = [];
  function visit(index: number, value: number, units: number): void {
    if (value > bestWorth) {
      bestWorth = value;
      best = chosen.slice();
    }
    const candidate = order[index];
    if (!candidate || steps >= maxSteps || work.left <= 0) return;
    if ((value - bestWorth) * candidate.size + units * candidate.value <= 0) return;
    steps += 1;
    work.left -= workOf.step + workOf.need * candidate.needs.length;
    let times = fits(candidate, left);
    if (times > 0) take(candidate, times, left);
    for (; times > 0; times -= 1) {
      const before = steps;
      chosen.push({ candidate, count: times });
      visit(index + 1, value + candidate.value * times, units - candidate.size * times);
      chosen.pop();
      // Where this often leads nowhere, less often does not either: it saves less and leaves only what is worth less.
      if (steps === before) {
        take(candidate, -times, left);
        return;
      }
      take(candidate, -1, left);
    }
    visit(index + 1, value, units);
  }
  visit(0, 0, unitsLeft);
  return { choices: best, exact: steps < maxSteps, steps };
}

/** In how many ways a group can be filled; from the limit on any larger number. */
function waysOfGroup(group: readonly Matched[], pools: readonly Pool[], work: Work): number {
  let ways = 0;
  for (const matched of group) {
    if (matched.single) ways += 1;
    else if (ways <= searchLimits.candidates) ways += waysOf(matched, pools, searchLimits.candidates - ways, work);
  }
  return ways;
}

/** True when one offer alone takes every unit it may, once, with its full reward: nothing can save more. */
function takesAll([matched]: readonly Matched[], [choice]: readonly Choice[]): boolean {
  const candidate = choice?.candidate;
  return (
    matched?.slots.length === 1 &&
    matched.times === 1 &&
    candidate !== undefined &&
    candidate.value >= Math.min(candidate.wanted, candidate.price) &&
    candidate.size === matched.slots[0]?.max
  );
}

/**
 * Chooses the bundles that save the shopper most, each unit in at most one of them.
 * @param offers in the order of their ids; the work ends with the last of them that it reaches
 * @returns the choices, and whether every group was searched to its end
 */
export function combine(
  offers: readonly Matched[],
  pools: readonly Pool[],
  work: Work,
): { choices: Choice[]; exact: boolean } {
  const choices: Choice[] = [];
  let exact = true;
  let stepsLeft: number = searchLimits.stepsOfCart;
  const greedyLeft: number[] = [];
  for (const pool of pools) greedyLeft.push(pool.count);
  for (let at = 0; at < offers.length; at += 1) {
    const matched = offers[at];
    if (!matched) continue;
    matched.place = at;
    matched.limit = matched.times < Infinity ? greedyLeft.push(matched.times) - 1 : null;
  }
  const searchLeft = greedyLeft.slice();
  for (const group of groupsOf(offers, pools.length)) {
    const first = greedy(group, greedyLeft, pools, work);
    // Without a step left nothing better is found.
    const ways = stepsLeft > 0 && work.left > 0 ? waysOfGroup(group, pools, work) : Infinity;
    const complete = ways <= searchLimits.candidates;
    // With one way only there is nothing to choose.
    if (!complete || (ways === 1 && first.length > 0)) {
      exact &&= complete || (group.length === 1 && takesAll(group, first));
      choices.push(...first);
      continue;
    }
    const candidates: Candidate[] = [];
    for (const matched of group) {
      for (const way of allCandidates(matched, pools, work)) if (way.value > 0) candidates.push(way);
    }
    const result = search(candidates, searchLeft, first, Math.min(stepsLeft, searchLimits.steps), work);
    stepsLeft -= result.steps;
    exact &&= result.exact;
    choices.push(...result.choices);
  }
  return { choices, exact: exact && work.left > 0 };
}
