import type { Choice } from './combine.ts';
import type { Matched } from './match.ts';
import type { Pool } from './pools.ts';

/** The lowest price that keeps the floor when a code takes its share off it, rounded up. */
export function raiseFloor(floorMinor: number, reserveBps: number): number {
  return reserveBps === 0 ? floorMinor : Math.ceil((floorMinor * 10_000) / (10_000 - reserveBps));
}

/**
 * The floor of an order under its discount. Codes for the order count from what it costs before that discount, so that
 * they take more than their share of what is left.
 * @param raisedMinor floors that leave the reserve
 */
export function floorOfOrder(baseMinor: number, raisedMinor: number, reserveBps: number): number {
  if (reserveBps === 0 || raisedMinor >= baseMinor) return raisedMinor;
  return baseMinor - Math.floor(((baseMinor - raisedMinor) * (10_000 - reserveBps)) / 10_000);
}

/**
 * Leaves the whole order, not only each set, above its raised floor: a code takes its share off what is in no set as
 * well. The last choices give way first; of one that stands several times, each time gives the same.
 * @returns the choices, and those that gave way as a whole
 */
export function keepReserve(choices: readonly Choice[], pools: readonly Pool[]): { kept: Choice[]; gone: Matched[] } {
  let room = 0;
  for (const pool of pools) room += (pool.price - pool.floor) * pool.count;
  let short = -Math.max(0, room);
  for (const { candidate, count } of choices) short += candidate.value * count;
  const kept: Choice[] = [];
  const gone: Matched[] = [];
  for (let at = choices.length - 1; at >= 0; at -= 1) {
    const choice = choices[at];
    if (!choice) continue;
    const { candidate, count } = choice;
    const less = short > 0 ? Math.ceil(short / count) : 0;
    if (less === 0) kept.push(choice);
    else if (candidate.matched.whole || less >= candidate.value) {
      gone.push(candidate.matched);
      short -= candidate.value * count;
    } else {
      kept.push({ candidate: { ...candidate, value: candidate.value - less }, count });
      short -= less * count;
    }
  }
  return { kept: kept.reverse(), gone };
}
