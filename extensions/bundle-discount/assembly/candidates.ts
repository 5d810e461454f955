import { Candidate, pick, pickedCount, toCandidate, unpick, usedOf, weigh, weighedValue } from './candidate';
import { Matched, noLimit, Slot } from './match';
import { Pool } from './pools';
import { hasWorkLeft, work, workOfFilling, workOfLook } from './work';

/** Units only get fewer while bundles are formed, so that pools without any are passed over for good. */
function firstLeft(slot: Slot, left: StaticArray<f64>): i32 {
  const pools = slot.pools;
  let first = slot.first;
  while (first < pools.length && unchecked(left[unchecked(pools[first])]) <= 0) first += 1;
  slot.first = first;
  return first;
}

/** Pools that were looked at to pick the dearest. */
let looked: i32 = 0;

/** Picks the dearest units that are left. @returns how many of the picked pools pay; -1 where a place stays empty */
function pickDearest(matched: Matched, left: StaticArray<f64>, pools: Array<Pool>, size: f64): i32 {
  unpick(0);
  looked = 0;
  const lesser = matched.lesser;
  let paid = 0;
  let cheapestPaid = Infinity;
  for (let at = 0; at < matched.slots.length; at += 1) {
    const slot = unchecked(matched.slots[at]);
    const choice = slot.pools;
    let need = slot.min < slot.max ? size : slot.min;
    for (let from = firstLeft(slot, left); need > 0; from += 1) {
      if (from === choice.length) return -1;
      looked += 1;
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
      pick(index, take);
      need -= take;
    }
    if (slot.paid) paid = pickedCount;
  }
  return paid;
}

function fillDearest(matched: Matched, left: StaticArray<f64>, pools: Array<Pool>, size: f64): Candidate | null {
  const paid = pickDearest(matched, left, pools, size);
  return paid >= 0 && weigh(matched, paid, pools) ? toCandidate(matched, paid) : null;
}

/** What the last picking of an offer took. */
function workOfPicking(matched: Matched): f64 {
  return workOfFilling(looked, pickedCount, matched.shared);
}

let sizes = new StaticArray<f64>(16);

/** Whether a size stands before this place as well. */
function isRepeated(size: f64, before: i32): bool {
  for (let at = 0; at < before; at += 1) if (unchecked(sizes[at]) === size) return true;
  return false;
}

/** The best of what the dearest units that are left make of an offer, or null when a slot cannot be filled. */
export function dearestCandidate(matched: Matched, left: StaticArray<f64>, pools: Array<Pool>): Candidate | null {
  if (matched.limit !== noLimit && unchecked(left[matched.limit]) < 1) return null;
  const open = matched.open;
  if (open === null) {
    const only = fillDearest(matched, left, pools, 0);
    work(workOfPicking(matched));
    return only;
  }
  work(<f64>open.pools.length);
  let available: f64 = 0;
  for (let at = firstLeft(open, left); at < open.pools.length; at += 1)
    available += unchecked(left[unchecked(open.pools[at])]);
  const largest = Math.min(open.max, available);
  if (largest < open.min) return null;
  const tiers = matched.tiers;
  const count = 3 + tiers.length;
  if (count > sizes.length) sizes = new StaticArray<f64>(count);
  unchecked((sizes[0] = largest));
  unchecked((sizes[1] = Math.floor(available / Math.ceil(available / open.max))));
  unchecked((sizes[2] = open.min));
  for (let at = 3; at < count; at += 1) unchecked((sizes[at] = unchecked(tiers[at - 3]).units));
  // Of equal ones the first counts. It comes last here, because it most often is the best and need not be picked again.
  let best: f64 = 0;
  let bestInAll: f64 = -1;
  let picking: f64 = 0;
  let paid = -1;
  for (let at = count - 1; at >= 0; at -= 1) {
    const size = unchecked(sizes[at]);
    if (size < open.min || size > largest || isRepeated(size, at)) continue;
    picking = size;
    paid = pickDearest(matched, left, pools, size);
    work(workOfPicking(matched));
    let inAll: f64 = 0;
    if (paid >= 0 && weigh(matched, paid, pools))
      inAll = weighedValue * Math.min(matched.times, Math.floor(available / size));
    if (inAll >= bestInAll) {
      best = size;
      bestInAll = inAll;
    }
  }
  if (bestInAll <= 0) return null;
  return best === picking ? toCandidate(matched, paid) : fillDearest(matched, left, pools, best);
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
    if (inSlot >= slot.min) enter(matched, pools, at + 1, slot.paid ? pickedCount : paid, found);
    return;
  }
  const index = unchecked(slot.pools[from]);
  const there = thereOf(matched, index, pools);
  const missing = slot.max - inSlot;
  const least = Math.max(0, slot.min - inSlot - (rest - there));
  for (let take = there < missing ? there : missing; take >= least; take -= 1) {
    if (take > 0) pick(index, take);
    fill(matched, pools, at, from + 1, inSlot + take, rest - there, paid, found);
    if (take > 0) unpick(pickedCount - 1);
  }
}

function enter(matched: Matched, pools: Array<Pool>, at: i32, paid: i32, found: Array<Candidate>): void {
  if (!hasWorkLeft()) return;
  if (at === matched.slots.length) {
    work(workOfFilling(pickedCount, pickedCount, matched.shared));
    if (weigh(matched, paid, pools) && weighedValue > 0) found.push(toCandidate(matched, paid));
    return;
  }
  const slot = unchecked(matched.slots[at]);
  work(workOfLook * <f64>slot.pools.length);
  let rest: f64 = 0;
  for (let place = 0; place < slot.pools.length; place += 1)
    rest += thereOf(matched, unchecked(slot.pools[place]), pools);
  fill(matched, pools, at, 0, 0, rest, paid, found);
}

/** Every way to fill an offer once in which something comes off, as far as the work reaches. */
export function allCandidates(matched: Matched, pools: Array<Pool>, found: Array<Candidate>): void {
  unpick(0);
  enter(matched, pools, 0, 0, found);
}
