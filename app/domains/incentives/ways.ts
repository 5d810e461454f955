import type { Matched, Slot } from './match.ts';
import type { Pool } from './pools.ts';
import { type Work, workOf } from './work.ts';

/** In how many ways a slot can be filled; from `limit` on any larger number. */
function waysOfSlot(slot: Slot, pools: readonly Pool[], limit: number, work: Work): number {
  // Each size can be filled in one way at least, and a cart may hold thousands of units.
  if (slot.max - slot.min >= limit) return limit + 1;
  let units = 0;
  for (const index of slot.pools) units += pools[index]?.count ?? 0;
  if (slot.min === units) return 1;
  // What is left over can come from any one of the pools.
  if (slot.pools.length > limit) return limit + 1;
  // ways[n] = ways to take n units of the pools seen so far
  const ways: number[] = [1];
  let all = 0;
  for (const index of slot.pools) {
    const count = pools[index]?.count ?? 0;
    const most = Math.min(slot.max, ways.length - 1 + count);
    work.left -= workOf.waysPool + workOf.waysUnits * most;
    while (ways.length <= most) ways.push(0);
    for (let taken = most; taken > 0; taken -= 1) {
      let sum = 0;
      for (let rest = Math.max(0, taken - count); rest <= taken; rest += 1) sum += ways[rest] ?? 0;
      ways[taken] = sum;
    }
    all = 0;
    for (let taken = slot.min; taken < ways.length; taken += 1) all += ways[taken] ?? 0;
    if (all > limit) return all;
  }
  return all;
}

/** In how many ways an offer can be filled once; from `limit` on any larger number. Places may count units twice. */
export function waysOf(matched: Matched, pools: readonly Pool[], limit: number, work: Work): number {
  let ways = 1;
  for (const slot of matched.slots) {
    if (slot.pools.length > 1 || slot.min < slot.max) ways *= waysOfSlot(slot, pools, limit, work);
    if (ways > limit) return ways;
  }
  return ways;
}
