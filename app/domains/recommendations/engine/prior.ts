import type { CatalogItem } from '../model.ts';
import { at, type History, itemsOf } from './history.ts';
import { pairItemsOf } from './pair-lines.ts';
import { classifyItems, type ClassPairs, countClassPairs, lessThisBasket } from './prior-classes.ts';
import type { Days } from './popularity.ts';
import type { Neighbours } from './neighbours.ts';
import { shrunk, strengthOf } from './prior-strength.ts';

/**
 * What can be said of two products before any order held both: how much more often than by chance the one's category
 * and price band ask for the other's, and how well the other sells among its like.
 */
export interface Prior {
  readonly categories: ClassPairs;
  readonly bands: ClassPairs;
  /** lift of any two products, above 1 where baskets are long */
  readonly everything: number;
  /** what the sales of everything, of a category and of its products in one price band are worth to the level below */
  readonly popularity: readonly [number, number, number];
  /** category and band together: the kinds that occur, and each item's */
  readonly cells: { readonly category: Int32Array; readonly band: Int32Array };
  readonly cellOf: Int32Array;
  /** expected joint baskets that the prior of a pair is worth */
  readonly strength: number;
}

/** Products whose pairs are counted one by one to learn how far pairs stray from their classes; bounds the time. */
const mostSampledPairs = 300_000;

/**
 * Learns the prior from the shop's own orders. Every level is a Gamma-Poisson model with the level above as its mean
 * and a strength by the method of moments (`strengthOf`): pair of products ← (category → category) × (band → band)
 * × popularity in category and band; category → category ← category → all ← everything; popularity ← category and
 * band ← category ← everything. Sources: DuMouchel, "Bayesian Data Mining in Large Frequency Tables" (The American
 * Statistician 53, 1999); Bühlmann and Gisler, "A Course in Credibility Theory" (2005), chapters 3 and 6.
 */
export function learnPrior(
  history: History,
  catalog: readonly (CatalogItem | undefined)[],
  counts: Float64Array,
): Prior {
  const { category, band, cells, cellOf } = classifyItems(catalog, counts);
  const categories = countClassPairs(history, category, counts);
  const bands = countClassPairs(history, band, counts);
  const known = { categories, bands, everything: categories.everything, cells, cellOf };
  const popularity = learnPopularity(known, counts);
  const prior = { ...known, popularity };
  return { ...prior, strength: cells.category.length < 2 ? Infinity : learnStrength(history, prior, counts) };
}

type Classed = Pick<Prior, 'categories' | 'cellOf'>;

/** Each level's strength on the whole history; it says how unlike products are and holds for any part of it. */
function learnPopularity(classed: Classed, counts: Float64Array): Prior['popularity'] {
  const found: [number, number, number] = [Infinity, Infinity, Infinity];
  shrinkCounts(classed, counts, (level, seen, expected) => (found[level] = strengthOf(seen, expected)));
  return found;
}

type Level = 0 | 1 | 2;

/** Sales of each item as its like lets expect them: item ← category and band ← category ← everything. */
function shrinkCounts(
  { categories, cellOf }: Classed,
  counts: Float64Array,
  strengthAt: (level: Level, seen: Float64Array, expected: Float64Array) => number,
): Float64Array {
  const n = counts.length;
  let all = 0;
  for (let item = 0; item < n; item += 1) all += at(counts, item);
  const mean = new Float64Array(n).fill(all / Math.max(1, n));
  const groups = [categories.of, cellOf, null] as const;
  groups.forEach((of, level) => {
    const seen = new Float64Array(n);
    const expected = new Float64Array(n);
    for (let item = 0; item < n; item += 1) {
      const group = of === null ? item : at(of, item);
      seen[group] = at(seen, group) + at(counts, item);
      expected[group] = at(expected, group) + at(mean, item);
    }
    const strength = strengthAt(level as Level, seen, expected);
    for (let item = 0; item < n; item += 1) {
      const group = of === null ? item : at(of, item);
      mean[item] = at(mean, item) * shrunk(at(seen, group), at(expected, group), strength);
    }
  });
  return mean;
}

/** So many days are followed day by day, later ones week by week. */
const dailyDays = 28;

/** Shares of the baskets before a moment's UTC day that hold each item, shrunk; days are best asked for in order. */
export type PriorShares = (moment: number) => Float32Array;

export function createPriorShares(prior: Prior, sold: Days): PriorShares {
  const counts = new Float64Array(prior.cellOf.length);
  let share = new Float32Array(counts.length);
  let [day, baskets] = [-1, 0];
  return (moment) => {
    const days = Math.max(0, Math.min(Math.floor(moment / 86_400_000) - sold.first, sold.baskets.length));
    // All sales so far hardly move from day to day after the first weeks.
    const asked = days <= dailyDays ? days : days - (days % 7);
    if (asked === day) return share;
    if (asked < day) [day, baskets] = [-1, (counts.fill(0), 0)];
    for (let one = Math.max(0, day); one < asked; one += 1) {
      baskets += at(sold.baskets, one);
      for (let k = at(sold.start, one); k < at(sold.start, one + 1); k += 1)
        counts[at(sold.item, k)] = at(counts, at(sold.item, k)) + at(sold.count, k);
    }
    day = asked;
    share = Float32Array.from(shrinkCounts(prior, counts, (level) => prior.popularity[level]));
    for (let item = 0; item < share.length; item += 1) share[item] = at(share, item) / Math.max(1, baskets);
    return share;
  };
}

/** Counts all pairs of some products, spread evenly over those that were sold, and sees how far they stray. */
function learnStrength(history: History, prior: Omit<Prior, 'strength'>, counts: Float64Array): number {
  const n = counts.length;
  const sold: number[] = [];
  for (let item = 0; item < n; item += 1) if (at(counts, item) > 0) sold.push(item);
  const rows = Math.min(sold.length, Math.max(1, Math.floor(mostSampledPairs / Math.max(1, n))));
  const row = new Int32Array(n).fill(-1);
  const chosen = Array.from({ length: rows }, (_, k) => sold[Math.floor((k * sold.length) / rows)] ?? 0);
  chosen.forEach((item, k) => (row[item] = k));
  const joint = new Float64Array(rows * n);
  for (let basket = 0; basket < history.basketAt.length; basket += 1) {
    for (const item of itemsOf(history, basket)) {
      if (at(row, item) < 0) continue;
      const from = at(row, item) * n;
      for (const other of pairItemsOf(history, basket)) joint[from + other] = at(joint, from + other) + 1;
    }
  }
  const expected = new Float64Array(rows * n);
  const liftsOf = openLifts(prior, history, -1);
  const { categories, bands } = prior;
  const sales = shrinkCounts(prior, counts, (level) => prior.popularity[level]);
  chosen.forEach((item, k) => {
    const lift = liftsOf(item);
    const share = at(counts, item) / history.basketAt.length / prior.everything;
    for (let other = 0; other < n; other += 1)
      expected[k * n + other] =
        share * at(sales, other) * at(lift.category, at(categories.of, other)) * at(lift.band, at(bands.of, other));
    joint[k * n + item] = expected[k * n + item] = 0;
  });
  return strengthOf(joint, expected);
}

/** Lifts of all classes beside one product's, one basket (-1 = none) not counted; rows are made once. */
function openLifts({ categories, bands }: Pick<Prior, 'categories' | 'bands'>, history: History, leftOut: number) {
  const made = [new Map<number, Float64Array>(), new Map<number, Float64Array>()] as const;
  const rowOf = (pairs: ClassPairs, known: Map<number, Float64Array>, row: number) => {
    let lifts = known.get(row);
    if (lifts === undefined) known.set(row, (lifts = lessThisBasket(pairs, row, history, leftOut)));
    return lifts;
  };
  return (item: number) => ({
    category: rowOf(categories, made[0], at(categories.of, item)),
    band: rowOf(bands, made[1], at(bands.of, item)),
  });
}

/** Whether there is anything to tell products apart by; without types and prices the prior has nothing to say. */
export function tellsApart({ cells }: Prior): boolean {
  return cells.category.length > 1;
}

/**
 * The same chance for one product beside another, a pair at a time, as of a moment (ms since 1970).
 * @returns null where the prior has nothing to say
 */
export function openPairChances(
  parts: { prior: Prior; priorShares: PriorShares; neighbours: Neighbours; history: History },
  moment: number,
): ((item: number) => (other: number, support: number) => number) | null {
  const { prior, neighbours, history } = parts;
  if (!tellsApart(prior)) return null;
  const share = parts.priorShares(moment);
  const liftsOf = openLifts(prior, history, -1);
  return (item) => {
    const { category, band } = liftsOf(item);
    const baskets = at(neighbours.counts, item);
    return (other, support) => {
      const kind = at(category, at(prior.categories.of, other)) * at(band, at(prior.bands.of, other));
      const chance = (at(share, other) * kind) / prior.everything;
      return support > 0 ? chance * shrunk(support, baskets * chance, prior.strength) : chance;
    };
  };
}

/** What a question rests on. */
export interface PriorQuestion {
  /** products in the basket */
  readonly items: readonly number[];
  /** ms since 1970 */
  readonly moment: number;
  /** a past basket that is to be unknown, -1 = none */
  readonly leftOut: number;
}

/**
 * Writes the estimated chance that a basket which holds one of the items holds each product too, averaged over
 * the items: share × lift × (joint + strength) / (expected + strength), where expected = baskets with the item × share
 * × lift. Pairs that are not among the kept neighbours stay at their prior, share × lift.
 */
export function addPosterior(
  parts: { prior: Prior; priorShares: PriorShares; neighbours: Neighbours; history: History },
  { items, moment, leftOut }: PriorQuestion,
  out: Float32Array,
): void {
  if (items.length === 0 || !tellsApart(parts.prior)) return;
  const { prior, neighbours, history } = parts;
  const { categories, bands, everything, cells, cellOf, strength } = prior;
  const { start, item: other, support, counts } = neighbours;
  const share = parts.priorShares(moment);
  const liftsOf = openLifts(prior, history, leftOut);
  const weight = 1 / items.length;
  const ofCell = new Float64Array(cells.category.length);
  for (const [, alike] of Map.groupBy(items, (item) => at(cellOf, item))) {
    const lift = liftsOf(alike[0] ?? 0);
    const times = (weight * alike.length) / everything;
    for (let cell = 0; cell < ofCell.length; cell += 1)
      ofCell[cell] =
        at(ofCell, cell) + times * at(lift.category, at(cells.category, cell)) * at(lift.band, at(cells.band, cell));
  }
  // Read without `at`: these two loops are most of the work, and an access that sees one kind of array is faster.
  for (let one = 0; one < out.length; one += 1) out[one] = (share[one] ?? 0) * (ofCell[cellOf[one] ?? 0] ?? 0);
  if (strength === Infinity) return;
  const hidden = leftOut < 0 ? new Int32Array(0) : itemsOf(history, leftOut);
  for (const item of items) {
    const { category, band } = liftsOf(item);
    const baskets = Math.max(0, at(counts, item) - Number(hidden.includes(item)));
    for (let k = at(start, item), end = at(start, item + 1); k < end; k += 1) {
      const seen = support[k] ?? 0;
      // Only a pair that was taken out of the model has none: it is told from the never bought ones by nothing else.
      if (seen === 0) continue;
      const one = other[k] ?? 0;
      const kind = (category[categories.of[one] ?? 0] ?? 0) * (band[bands.of[one] ?? 0] ?? 0);
      const chance = ((share[one] ?? 0) * kind) / everything;
      const expected = baskets * chance;
      out[one] = (out[one] ?? 0) + (weight * chance * (seen - expected)) / (expected + strength);
    }
  }
}
