import { at, basketsOf, type History, itemsOf } from './history.ts';

/** An average product's rate counts as much as this many chances of its own. */
const priorChances = 20;

/**
 * How often a product comes back: of all baskets that its buyers filled after buying it first, the share that
 * holds it again, shrunk towards the shop's average.
 */
export function countRepeats(history: History): Float32Array {
  const n = history.items.length;
  const again = new Float64Array(n);
  const chances = new Float64Array(n);
  const firstPlace = new Map<number, number>();
  let allAgain = 0;
  let allChances = 0;
  for (let customer = 0; customer < history.customers.length; customer += 1) {
    const baskets = basketsOf(history, customer);
    firstPlace.clear();
    for (let place = 0; place < baskets.length; place += 1) {
      for (const item of itemsOf(history, at(baskets, place))) {
        if (firstPlace.has(item)) {
          again[item] = at(again, item) + 1;
          allAgain += 1;
        } else firstPlace.set(item, place);
      }
    }
    for (const [item, place] of firstPlace) {
      chances[item] = at(chances, item) + baskets.length - 1 - place;
      allChances += baskets.length - 1 - place;
    }
  }
  const average = allChances === 0 ? 0 : allAgain / allChances;
  return Float32Array.from(
    again,
    (count, item) => (count + priorChances * average) / (at(chances, item) + priorChances),
  );
}
