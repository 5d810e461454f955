import type { Baskets } from './baskets.ts';

/** Products that are looked at in pairs: the table of counts has half their square of places (8 MB). */
const mostProducts = 2000;
/** Pairs that are looked at more closely. */
const mostPairs = 20_000;
/** A pair is in at least 3 orders and in at least one of 2,000. */
const leastOrders = 3;
const leastShare = 1 / 2000;

/** Which baskets hold each of the products that are frequent enough, and how often two of them meet. */
export interface PairCounts {
  /** the frequent products by rank, most orders first: index into `Baskets.products` */
  readonly ranked: readonly number[];
  /** baskets that hold the product of a rank, oldest first */
  readonly holders: readonly Uint32Array[];
  /** orders that hold both products, by rank */
  count(a: number, b: number): number;
  /** the orders that a pair had to be in */
  readonly threshold: number;
  /** pairs at or above the threshold, by rank, a < b */
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly orders: number }[];
}

const basketsPerStep = 5000;

/**
 * Counts frequent products and pairs (the first two levels of Apriori, Agrawal and Srikant 1994) in a triangle
 * of counters. The threshold is the lowest at which no more than 20,000 pairs are left; time and memory stay
 * bounded however many products there are. Yields now and then, so that the caller can breathe.
 */
export function* countPairs(baskets: Baskets): Generator<number, PairCounts> {
  const { start, item, at, products } = baskets;
  const popularity = new Uint32Array(products.length);
  for (const index of item) popularity[index] = (popularity[index] ?? 0) + 1;
  const least = Math.max(leastOrders, Math.ceil(at.length * leastShare));
  const ranked = [...products.keys()]
    .filter((index) => (popularity[index] ?? 0) >= least)
    .sort((a, b) => (popularity[b] ?? 0) - (popularity[a] ?? 0) || a - b)
    .slice(0, mostProducts);
  const rankOf = new Int32Array(products.length).fill(-1);
  ranked.forEach((index, rank) => {
    rankOf[index] = rank;
  });
  const holders = ranked.map((index) => new Uint32Array(popularity[index] ?? 0));
  const filled = new Uint32Array(ranked.length);
  // Row b of the triangle begins at b (b − 1) / 2.
  const triangle = new Uint32Array((ranked.length * (ranked.length - 1)) / 2);

  for (let basket = 0; basket < at.length; basket += 1) {
    if (basket % basketsPerStep === 0) yield basket / at.length;
    const ranks: number[] = [];
    for (let place = start[basket] ?? 0; place < (start[basket + 1] ?? 0); place += 1) {
      const rank = rankOf[item[place] ?? 0] ?? -1;
      if (rank < 0) continue;
      ranks.push(rank);
      const list = holders[rank];
      const next = filled[rank] ?? 0;
      if (list) list[next] = basket;
      filled[rank] = next + 1;
    }
    ranks.sort((a, b) => a - b);
    for (let second = 1; second < ranks.length; second += 1) {
      const b = ranks[second] ?? 0;
      const row = (b * (b - 1)) / 2;
      for (let first = 0; first < second; first += 1) {
        const place = row + (ranks[first] ?? 0);
        triangle[place] = (triangle[place] ?? 0) + 1;
      }
    }
  }

  const threshold = thresholdOf(triangle, least);
  const pairs: { a: number; b: number; orders: number }[] = [];
  for (let b = 1, place = 0; b < ranked.length; b += 1) {
    for (let a = 0; a < b; a += 1, place += 1) {
      const orders = triangle[place] ?? 0;
      if (orders >= threshold) pairs.push({ a, b, orders });
    }
  }
  return {
    ranked,
    holders,
    threshold,
    pairs,
    count: (a, b) => (a === b ? 0 : (triangle[a < b ? (b * (b - 1)) / 2 + a : (a * (a - 1)) / 2 + b] ?? 0)),
  };
}

function thresholdOf(triangle: Uint32Array, least: number): number {
  let highest = 0;
  for (const count of triangle) if (count > highest) highest = count;
  const byCount = new Uint32Array(highest + 1);
  for (const count of triangle) byCount[count] = (byCount[count] ?? 0) + 1;
  let left = 0;
  for (let count = highest; count >= least; count -= 1) {
    left += byCount[count] ?? 0;
    if (left > mostPairs) return count + 1;
  }
  return least;
}
