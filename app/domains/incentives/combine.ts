import { allCandidates, type Candidate, dearestCandidate } from './candidates.ts';
import type { Matched } from './match.ts';
import type { Pool } from './pools.ts';

/**
 * How far the exact search goes. Offers that compete for units form a group; a group is searched exactly when
 * its bundles can be filled in at most `candidates` ways and the search ends within `steps`. Beyond that the
 * best of the greedy choice and of what the search has seen is taken. The numbers keep the Function inside
 * its budget of instructions, and are the same on every surface, so that all surfaces agree.
 */
export const searchLimits = { candidates: 40, steps: 800, stepsOfCart: 2400 } as const;

export interface Choice {
  readonly candidate: Candidate;
  readonly count: number;
}

/** Splits offers (in order of their ids) into groups that share no unit; groups and members keep that order. */
function groupsOf(offers: readonly Matched[], poolCount: number): Matched[][] {
  // Union-find over pools: a pool's root names the group of all offers that compete with one another for it.
  const parent = Array.from({ length: poolCount }, (_, index) => index);
  function rootOf(pool: number): number {
    let root = pool;
    for (let next = parent[root] ?? root; next !== root; next = parent[root] ?? root) root = next;
    parent[pool] = root;
    return root;
  }
  const firstPools: number[] = [];
  for (const { slots } of offers) {
    const first = slots[0]?.pools[0] ?? 0;
    firstPools.push(first);
    for (const slot of slots) for (const pool of slot.pools) parent[rootOf(pool)] = rootOf(first);
  }
  const groups = new Map<number, Matched[]>();
  offers.forEach((offer, index) => {
    const root = rootOf(firstPools[index] ?? 0);
    const group = groups.get(root);
    if (group) group.push(offer);
    else groups.set(root, [offer]);
  });
  return [...groups.values()];
}

export function byOfferId(a: Matched, b: Matched): number {
  return a.offer.id < b.offer.id ? -1 : a.offer.id > b.offer.id ? 1 : 0;
}

/** How often a candidate fits into what is left. */
function fits({ needs }: Candidate, left: readonly number[]): number {
  let times = Infinity;
  for (let at = 0; at < needs.length; at += 1) {
    const need = needs[at];
    if (need) times = Math.min(times, Math.floor((left[need.index] ?? 0) / need.count));
  }
  return times;
}

function stillFits({ needs }: Candidate, left: readonly number[]): boolean {
  for (let at = 0; at < needs.length; at += 1) {
    const need = needs[at];
    if (need && (left[need.index] ?? 0) < need.count) return false;
  }
  return true;
}

function take({ needs }: Candidate, times: number, left: number[]): void {
  for (let at = 0; at < needs.length; at += 1) {
    const need = needs[at];
    if (need) left[need.index] = (left[need.index] ?? 0) - need.count * times;
  }
}

/** Again and again the offer that saves most on its dearest units, as often as it fits; ties go to the smaller id. */
function greedy(group: readonly Matched[], left: number[], pools: readonly Pool[]): Choice[] {
  const choices: Choice[] = [];
  const next = group.map((matched) => dearestCandidate(matched, left, pools));
  for (;;) {
    let best: Candidate | null = null;
    for (let index = 0; index < group.length; index += 1) {
      let candidate = next[index] ?? null;
      const matched = group[index];
      if (candidate && matched && !stillFits(candidate, left)) {
        candidate = dearestCandidate(matched, left, pools);
        next[index] = candidate;
      }
      if (candidate && candidate.value > (best?.value ?? 0)) best = candidate;
    }
    if (!best) return choices;
    const count = fits(best, left);
    take(best, count, left);
    choices.push({ candidate: best, count });
  }
}

function worth(choices: readonly Choice[]): number {
  return choices.reduce((sum, { candidate, count }) => sum + candidate.value * count, 0);
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
): { choices: Choice[]; exact: boolean; steps: number } {
  const order = [...candidates].sort((a, b) => b.value * a.units - a.value * b.units);
  const touched = new Set(order.flatMap((candidate) => candidate.parts.map(({ pool }) => pool)));
  let unitsLeft = 0;
  for (const pool of touched) unitsLeft += left[pool] ?? 0;
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
    if (!candidate || steps >= maxSteps || (value - bestWorth) * candidate.units + units * candidate.value <= 0) return;
    steps += 1;
    for (let times = fits(candidate, left); times >= 0; times -= 1) {
      if (times > 0) {
        take(candidate, times, left);
        chosen.push({ candidate, count: times });
      }
      visit(index + 1, value + candidate.value * times, units - candidate.units * times);
      if (times > 0) {
        take(candidate, -times, left);
        chosen.pop();
      }
    }
  }
  visit(0, 0, unitsLeft);
  return { choices: best, exact: steps < maxSteps, steps };
}

/** True when one offer alone takes every unit it may, once, with its full reward: nothing can save more. */
function takesAll(group: readonly Matched[], choices: readonly Choice[]): boolean {
  const [matched] = group;
  const [choice] = choices;
  return (
    group.length === 1 &&
    matched?.slots.length === 1 &&
    matched.times === 1 &&
    choice?.candidate.guard === 'untouched' &&
    choice.candidate.units === matched.slots[0]?.max
  );
}

/**
 * Chooses the bundles that save the shopper most, each unit in at most one of them.
 * @returns the choices, and whether every group was searched to its end
 */
export function combine(offers: readonly Matched[], pools: readonly Pool[]): { choices: Choice[]; exact: boolean } {
  const choices: Choice[] = [];
  let exact = true;
  let stepsLeft: number = searchLimits.stepsOfCart;
  const greedyLeft = pools.map((pool) => pool.count);
  for (const matched of offers) {
    matched.limit = Number.isFinite(matched.times) ? greedyLeft.push(matched.times) - 1 : null;
  }
  const searchLeft = [...greedyLeft];
  for (const group of groupsOf(offers, pools.length)) {
    const first = greedy(group, greedyLeft, pools);
    const candidates: Candidate[] = [];
    let ways = 0;
    let complete = true;
    for (const matched of group) {
      const all = allCandidates(matched, pools, searchLimits.candidates - ways);
      if (!all) {
        complete = false;
        break;
      }
      ways += all.length;
      candidates.push(...all.filter((way) => way.value > 0));
    }
    // With one way only there is nothing to choose.
    if (!complete || ways === 0 || (ways === 1 && first.length > 0)) {
      exact &&= complete || takesAll(group, first);
      choices.push(...first);
      continue;
    }
    const result = search(candidates, searchLeft, first, Math.min(stepsLeft, searchLimits.steps));
    stepsLeft -= result.steps;
    exact &&= result.exact;
    choices.push(...result.choices);
  }
  return { choices, exact };
}
