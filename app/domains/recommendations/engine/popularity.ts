import { at, type History, itemsOf } from './history.ts';

const day = 86_400_000;
/** Baskets older than this many time constants weigh under 1 % and are not looked at. */
const reach = 4.5;

/**
 * Share of the baskets before `moment` that hold each item, the recent ones weighing more.
 * @param days time constant of the decay
 */
export function popularityAt(history: History, moment: number, days: number): Float32Array {
  const shares = new Float32Array(history.items.length);
  const end = firstAtOrAfter(history, moment);
  const oldest = moment - reach * days * day;
  let total = 0;
  for (let basket = end - 1; basket >= 0 && at(history.basketAt, basket) >= oldest; basket -= 1) {
    const weight = Math.exp((at(history.basketAt, basket) - moment) / (days * day));
    total += weight;
    for (const item of itemsOf(history, basket)) shares[item] = at(shares, item) + weight;
  }
  // One imagined empty basket keeps a quiet week from shouting.
  for (let item = 0; item < shares.length; item += 1) shares[item] = at(shares, item) / (total + 1);
  return shares;
}

/** Number of the first basket that is not before the moment. */
export function firstAtOrAfter(history: History, moment: number): number {
  let low = 0;
  let high = history.basketAt.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(history.basketAt, middle) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
