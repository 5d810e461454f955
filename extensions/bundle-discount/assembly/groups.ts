import { Matched } from './match';

function leaderOf(offer: i32, leader: StaticArray<i32>): i32 {
  let found = offer;
  for (let next = unchecked(leader[found]); next !== found; next = unchecked(leader[found])) found = next;
  return found;
}

/** Splits offers (in order of their ids) into groups that share no unit; groups and members keep that order. */
export function groupsOf(offers: Array<Matched>, poolCount: i32): Array<Array<Matched>> {
  // A pool's owner (1 + its place) is an offer that wants it; an offer's leader is an earlier one that it competes with.
  const owner = new StaticArray<i32>(poolCount);
  const leader = new StaticArray<i32>(offers.length);
  for (let at = 0; at < offers.length; at += 1) {
    unchecked((leader[at] = at));
    const slots = unchecked(offers[at]).slots;
    const own = at + 1;
    // Neighbours most often share many pools: only the first of them joins the two.
    let joined = own;
    for (let index = 0; index < slots.length; index += 1) {
      const pools = unchecked(slots[index]).pools;
      const count = pools.length;
      for (let place = 0; place < count; place += 1) {
        const pool = unchecked(pools[place]);
        const other = unchecked(owner[pool]);
        unchecked((owner[pool] = own));
        if (other === joined || other === 0 || other === own) continue;
        joined = other;
        const one = leaderOf(at, leader);
        const two = leaderOf(other - 1, leader);
        unchecked((leader[max(one, two)] = min(one, two)));
        unchecked((leader[at] = min(one, two)));
      }
    }
  }
  const groups = new Array<Array<Matched>>();
  const groupOf = new StaticArray<i32>(offers.length);
  for (let at = 0; at < offers.length; at += 1) {
    const first = leaderOf(at, leader);
    if (first === at) {
      unchecked((groupOf[at] = groups.length));
      groups.push(new Array<Matched>());
    }
    unchecked(groups[unchecked(groupOf[first])]).push(unchecked(offers[at]));
  }
  return groups;
}
