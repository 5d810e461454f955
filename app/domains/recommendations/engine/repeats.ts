import { at, basketsOf, type History, itemsOf } from './history.ts';

/** How often each product comes back to its buyers. */
export interface Repeats {
  /** purchases after the first one of the same customer */
  readonly again: Float32Array;
  /** baskets that its buyers filled after buying it first */
  readonly chances: Float32Array;
  /** again / chances, shrunk towards the shop's average */
  readonly rate: Float32Array;
  readonly allAgain: number;
  readonly allChances: number;
}

/** An average product's rate counts as much as this many chances of its own. */
const priorChances = 20;

/** A product's rate, shrunk towards that of all. */
export function rateOf(again: number, chances: number, allAgain: number, allChances: number): number {
  return (again + (allChances === 0 ? 0 : (priorChances * allAgain) / allChances)) / (chances + priorChances);
}

/**
 * How often a product comes back: of all baskets that its buyers filled after buying it first, the share that
 * holds it again, shrunk towards the shop's average.
 */
export function countRepeats(history: History): Repeats {
  const n = history.items.length;
  const again = new Float32Array(n);
  const chances = new Float32Array(n);
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
  const rate = again.map((count, item) => rateOf(count, at(chances, item), allAgain, allChances));
  return { again, chances, rate, allAgain, allChances };
}
