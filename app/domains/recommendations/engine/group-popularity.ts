import { at, type History, itemsOf, sharedCopy, sharedInts } from './history.ts';
import { dayMs, type Days, reach } from './popularity.ts';

/** What each group of customers bought on each day: `groups` rows for a day, one after the other. */
export interface GroupDays extends Days {
  readonly groups: number;
}

/** Time constant of the decay, days. */
const fadeDays = 30;
/** What all customers buy counts as much as so many baskets of the group. */
const shopBaskets = 20;

/** Adds up the baskets of each day and group. @param basketGroup the group of each basket, below `groups` */
export function countGroupDays(history: History, basketGroup: Int32Array, groups: number): GroupDays {
  const { basketAt } = history;
  const all = basketAt.length;
  const dayOf = (basket: number) => Math.floor(at(basketAt, basket) / dayMs);
  const first = all === 0 ? 0 : dayOf(0);
  const cells = all === 0 ? 0 : (dayOf(all - 1) - first + 1) * groups;
  const cellOf = (basket: number) => (dayOf(basket) - first) * groups + at(basketGroup, basket);
  const baskets = sharedInts(cells);
  for (let basket = 0; basket < all; basket += 1) baskets[cellOf(basket)] = at(baskets, cellOf(basket)) + 1;
  const start = sharedInts(cells + 1);
  const item = new Int32Array(history.basketItem.length);
  const count = new Int32Array(history.basketItem.length);
  const place = new Int32Array(history.items.length).fill(-1);
  const order = byCell(all, baskets, cellOf);
  let used = 0;
  let next = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    const from = used;
    for (const end = next + at(baskets, cell); next < end; next += 1) {
      for (const bought of itemsOf(history, at(order, next))) {
        if (at(place, bought) < from) {
          place[bought] = used;
          item[used++] = bought;
        }
        count[at(place, bought)] = at(count, at(place, bought)) + 1;
      }
    }
    start[cell + 1] = used;
  }
  return {
    groups,
    first,
    start,
    item: sharedCopy(item.subarray(0, used)),
    count: sharedCopy(count.subarray(0, used)),
    baskets,
  };
}

/** The numbers of the baskets by their cell, within one in time order. */
function byCell(all: number, baskets: Int32Array, cellOf: (basket: number) => number): Int32Array {
  const next = new Int32Array(baskets.length);
  for (let cell = 1; cell < next.length; cell += 1) next[cell] = at(next, cell - 1) + at(baskets, cell - 1);
  const order = new Int32Array(all);
  for (let basket = 0; basket < all; basket += 1) {
    const cell = cellOf(basket);
    order[at(next, cell)] = basket;
    next[cell] = at(next, cell) + 1;
  }
  return order;
}

/**
 * Share of a group's baskets before the moment's day that hold each item, the recent ones weighing more, shrunk towards
 * the share of all baskets.
 * @param shop what `popularityOf` the whole shop says with the same decay
 */
export function popularityAmong(
  sold: GroupDays,
  group: number,
  moment: number,
  shop: (days: number) => Float32Array,
): Float32Array {
  const ofShop = shop(fadeDays);
  const shares = new Float32Array(ofShop.length);
  const asked = Math.floor(moment / dayMs) - sold.first;
  const oldest = Math.max(0, Math.ceil(asked - reach * fadeDays));
  let total = shopBaskets;
  for (let one = Math.min(asked, sold.baskets.length / sold.groups) - 1; one >= oldest; one -= 1) {
    const cell = one * sold.groups + group;
    if (at(sold.baskets, cell) === 0) continue;
    const weight = Math.exp((one + 0.5 - asked) / fadeDays);
    total += weight * at(sold.baskets, cell);
    const to = at(sold.start, cell + 1);
    // Read without `at`: an access that sees one kind of array is faster, and this is most of the work.
    for (let k = at(sold.start, cell); k < to; k += 1) {
      const bought = sold.item[k] ?? 0;
      shares[bought] = (shares[bought] ?? 0) + weight * (sold.count[k] ?? 0);
    }
  }
  for (let item = 0; item < shares.length; item += 1)
    shares[item] = ((shares[item] ?? 0) + shopBaskets * (ofShop[item] ?? 0)) / total;
  return shares;
}
