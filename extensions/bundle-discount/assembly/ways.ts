import { Matched, Slot } from './match';
import { Pool } from './pools';
import { work, workOfWaysPool, workOfWaysUnits } from './work';

let ways = new StaticArray<f64>(64);

/** In how many ways a slot can be filled; from `limit` on any larger number. */
function waysOfSlot(slot: Slot, pools: Array<Pool>, limit: f64): f64 {
  // Each size can be filled in one way at least.
  if (slot.max - slot.min >= limit) return limit + 1;
  let all: f64 = 0;
  for (let at = 0; at < slot.pools.length; at += 1) all += unchecked(pools[unchecked(slot.pools[at])]).count;
  if (slot.min === all) return 1;
  if (slot.pools.length === 1) {
    work(workOfWaysPool + workOfWaysUnits * slot.max);
    return slot.max - slot.min + 1;
  }
  // What is left over can come from any one of the pools.
  if (<f64>slot.pools.length > limit) return limit + 1;
  // ways[n] = ways to take n units of the pools seen so far, as far as they can matter
  const length = <i32>slot.max + 1;
  if (ways.length < length) ways = new StaticArray<f64>(length);
  for (let units = 1; units < length; units += 1) unchecked((ways[units] = 0));
  unchecked((ways[0] = 1));
  let reach = 0;
  all = 0;
  for (let at = 0; at < slot.pools.length; at += 1) {
    const count = unchecked(pools[unchecked(slot.pools[at])]).count;
    const most = <i32>Math.min(slot.max, <f64>reach + count);
    work(workOfWaysPool + workOfWaysUnits * <f64>most);
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
