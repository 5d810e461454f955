import { at, type History, itemsOf, sharedCopy } from './history.ts';

/** A day in milliseconds. */
export const dayMs = 86_400_000;
/** Days older than this many time constants weigh under 1.2 % and are not looked at. */
export const reach = 4.5;

/** What was sold on each day (UTC), from the first to the last: items and in how many baskets. */
export interface Days {
  /** number of the first day since 1970 */
  readonly first: number;
  readonly start: Int32Array;
  readonly item: Int32Array;
  readonly count: Int32Array;
  readonly baskets: Int32Array;
}

/** Adds up the baskets of each day; they are in time order. */
export function countDays(history: History): Days {
  const { basketAt } = history;
  const dayOf = (basket: number) => Math.floor(at(basketAt, basket) / dayMs);
  const first = basketAt.length === 0 ? 0 : dayOf(0);
  const length = basketAt.length === 0 ? 0 : dayOf(basketAt.length - 1) - first + 1;
  const start = new Int32Array(length + 1);
  const baskets = new Int32Array(length);
  const item = new Int32Array(history.basketItem.length);
  const count = new Int32Array(history.basketItem.length);
  const place = new Int32Array(history.items.length).fill(-1);
  let used = 0;
  let basket = 0;
  for (let one = 0; one < length; one += 1) {
    const from = used;
    for (; basket < basketAt.length && dayOf(basket) - first === one; basket += 1) {
      baskets[one] = at(baskets, one) + 1;
      for (const bought of itemsOf(history, basket)) {
        if (at(place, bought) < from) {
          place[bought] = used;
          item[used++] = bought;
        }
        count[at(place, bought)] = at(count, at(place, bought)) + 1;
      }
    }
    start[one + 1] = used;
  }
  return {
    first,
    start,
    item: sharedCopy(item.subarray(0, used)),
    count: sharedCopy(count.subarray(0, used)),
    baskets,
  };
}

/**
 * Share of the baskets before the moment's day that hold each item, the recent days weighing more.
 * @param days time constant of the decay
 */
export function popularityAt(sold: Days, items: number, moment: number, days: number): Float32Array {
  const shares = new Float32Array(items);
  const { item: soldItem, count: soldCount } = sold;
  const asked = Math.floor(moment / dayMs) - sold.first;
  const oldest = Math.max(0, Math.ceil(asked - reach * days));
  for (let one = Math.min(asked, sold.baskets.length) - 1; one >= oldest; one -= 1) {
    const weight = Math.exp((one + 0.5 - asked) / days);
    const to = at(sold.start, one + 1);
    // Read without `at`: an access that sees one kind of array is faster, and this is most of the work.
    for (let k = at(sold.start, one); k < to; k += 1) {
      const bought = soldItem[k] ?? 0;
      shares[bought] = (shares[bought] ?? 0) + weight * (soldCount[k] ?? 0);
    }
  }
  // One imagined empty basket keeps a quiet week from shouting.
  const total = weightOfBaskets(sold, moment, days) + 1;
  for (let item = 0; item < items; item += 1) shares[item] = (shares[item] ?? 0) / total;
  return shares;
}

/** What `popularityAt` divides by, less the imagined basket: the weight of all baskets before the moment's day. */
export function weightOfBaskets(sold: Days, moment: number, days: number): number {
  const asked = Math.floor(moment / dayMs) - sold.first;
  const oldest = Math.max(0, Math.ceil(asked - reach * days));
  let total = 0;
  for (let one = Math.min(asked, sold.baskets.length) - 1; one >= oldest; one -= 1)
    total += Math.exp((one + 0.5 - asked) / days) * at(sold.baskets, one);
  return total;
}

/** The same weekday a year ago. */
const yearDays = 364;
/** What is bought now is used in the days to come: the weeks that were then ahead count as much as those before. */
const aheadDays = 7;
/** So many days around are looked at, the nearer ones weighing more. */
const aroundDays = 28;

/**
 * Share of the baskets of these weeks a year before the moment that held each item; null where the shop's history does
 * not reach so far back.
 */
export function popularityLastYear(sold: Days, items: number, moment: number): Float32Array | null {
  const centre = Math.floor(moment / dayMs) - sold.first - yearDays + aheadDays;
  if (centre < aroundDays) return null;
  const shares = new Float32Array(items);
  let total = 1;
  for (let one = centre - aroundDays; one <= Math.min(sold.baskets.length - 1, centre + aroundDays); one += 1) {
    const weight = 1 - Math.abs(one - centre) / (aroundDays + 1);
    total += weight * at(sold.baskets, one);
    const to = at(sold.start, one + 1);
    for (let k = at(sold.start, one); k < to; k += 1) {
      const bought = sold.item[k] ?? 0;
      shares[bought] = (shares[bought] ?? 0) + weight * (sold.count[k] ?? 0);
    }
  }
  for (let item = 0; item < items; item += 1) shares[item] = (shares[item] ?? 0) / total;
  return shares;
}
