import { at } from './history.ts';

/** Weights of pairs of products, and how many visitors speak for each. */
export interface PairCounts {
  /** One visitor more who looks at both; `key` holds them, see `pairKey`. */
  add(key: number, weight: number): void;
  neighbours(): PairNeighbours;
}

/** Of each product those it makes a pair with, in the order in which the pairs were first met. */
export interface PairNeighbours {
  visit(item: number, take: (other: number, weight: number, visitors: number) => void): void;
}

/** A pair as a number. The first of the two is the lower one. */
export const pairKey = (item: number, other: number, items: number): number => item * items + other;

/**
 * Counts pairs of `items` products, at most `most` of them, in some thirty bytes and an entry of a map each. When there
 * are so many, those that only one visitor speaks for are forgotten, as they say nothing yet. Where that does not free
 * half of the places, no new pair is taken from then on; those that are known go on counting.
 */
export function countPairs(items: number, most: number): PairCounts {
  let places = new Map<number, number>();
  let keys: number[] = [];
  let weights: number[] = [];
  let visitors: number[] = [];
  let isClosed = false;

  function forgetSingles(): void {
    const kept = Array.from(keys.keys()).filter((place) => (visitors[place] ?? 0) > 1);
    const of = (values: readonly number[]) => kept.map((place) => values[place] ?? 0);
    isClosed = kept.length > most / 2;
    if (isClosed) return;
    [keys, weights, visitors] = [of(keys), of(weights), of(visitors)];
    places = new Map(keys.map((key, place) => [key, place]));
  }

  return {
    add(key, weight) {
      const known = places.get(key);
      if (known !== undefined) {
        weights[known] = (weights[known] ?? 0) + weight;
        visitors[known] = (visitors[known] ?? 0) + 1;
        return;
      }
      if (keys.length >= most && !isClosed) forgetSingles();
      if (isClosed) return;
      places.set(key, keys.length);
      keys.push(key);
      weights.push(weight);
      visitors.push(1);
    },
    neighbours() {
      const start = new Int32Array(items + 1);
      const both = (key: number) => [Math.floor(key / items), key % items] as const;
      for (const key of keys) for (const item of both(key)) start[item + 1] = at(start, item + 1) + 1;
      for (let item = 0; item < items; item += 1) start[item + 1] = at(start, item) + at(start, item + 1);
      const next = start.slice();
      const placeOf = new Int32Array(keys.length * 2);
      keys.forEach((key, place) => {
        for (const item of both(key)) {
          placeOf[at(next, item)] = place;
          next[item] = at(next, item) + 1;
        }
      });
      return {
        visit(item, take) {
          for (const place of placeOf.subarray(at(start, item), at(start, item + 1))) {
            const [one, other] = both(keys[place] ?? 0);
            take(one === item ? other : one, weights[place] ?? 0, visitors[place] ?? 0);
          }
        },
      };
    },
  };
}
