import { Pool } from './pools';
import { Choice } from './search';

/** The lowest price that keeps the floor when a code takes its share off it, rounded up. */
export function raiseFloor(floor: f64, reserveBps: f64): f64 {
  return reserveBps === 0 ? floor : Math.ceil((floor * 10_000) / (10_000 - reserveBps));
}

/** The floor of an order under its discount: codes for the order count from what it costs before that discount. */
export function floorOfOrder(base: f64, raised: f64, reserveBps: f64): f64 {
  if (reserveBps === 0 || raised >= base) return raised;
  return base - Math.floor(((base - raised) * (10_000 - reserveBps)) / 10_000);
}

/** Leaves the whole order, not only each set, above its raised floor: the last choices give way first. */
export function keepReserve(choices: Array<Choice>, pools: Array<Pool>): Array<Choice> {
  let room: f64 = 0;
  for (let at = 0; at < pools.length; at += 1) {
    const pool = unchecked(pools[at]);
    room += (pool.price - pool.floor) * pool.count;
  }
  let short = -Math.max(0, room);
  for (let at = 0; at < choices.length; at += 1) {
    const choice = unchecked(choices[at]);
    short += choice.candidate.value * choice.count;
  }
  const kept = new Array<Choice>();
  for (let at = choices.length - 1; at >= 0; at -= 1) {
    const choice = unchecked(choices[at]);
    const candidate = choice.candidate;
    const less = short > 0 ? Math.ceil(short / choice.count) : 0;
    if (less === 0) kept.push(choice);
    else if (candidate.matched.whole || less >= candidate.value) short -= candidate.value * choice.count;
    else {
      candidate.value -= less;
      kept.push(choice);
      short -= less * choice.count;
    }
  }
  return kept.reverse();
}
