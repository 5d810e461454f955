import type { CatalogItem } from '../model.ts';
import { at, type History, itemsOf } from './history.ts';
import { pairItemsOf } from './pair-lines.ts';
import { shrunk, strengthOf } from './prior-strength.ts';

/** Products of one kind, and how often two kinds meet in a basket. */
export interface ClassPairs {
  /** class of each item */
  readonly of: Int32Array;
  readonly size: number;
  /** ordered pairs of products in one basket, by their classes: size × size */
  readonly joint: Float64Array;
  /** as many as there would be if products met by chance */
  readonly expected: Float64Array;
  /** lift of each class with all others, shrunk towards that of everything */
  readonly withAll: Float64Array;
  readonly everything: number;
  readonly strength: number;
}

/** The best-selling types have a class of their own, the others share one: the table of pairs stays small. */
const mostCategories = 200;
const mostBands = 31;
/** Baskets looked at, the latest ones: rates of classes do not get better with more. */
const mostBaskets = 200_000;

/** How a shop's products are told apart before they are sold. */
export interface Classes {
  /** of each item, 0 = no type, or one of little sale */
  readonly category: Int32Array;
  /** of each item, 0 = no price; bands of a doubling from the shop's lowest price on */
  readonly band: Int32Array;
  /** category and band together: the kinds that occur, and each item's */
  readonly cells: { readonly category: Int32Array; readonly band: Int32Array };
  readonly cellOf: Int32Array;
}

export function classifyItems(catalog: readonly (CatalogItem | undefined)[], counts: Float64Array): Classes {
  const sales = new Map<string, number>();
  const typeOf = (item: CatalogItem | undefined) => item?.productType.trim().toLowerCase() ?? '';
  catalog.forEach((item, number) => {
    const type = typeOf(item);
    if (type !== '') sales.set(type, (sales.get(type) ?? 0) + at(counts, number));
  });
  const types = [...sales].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, mostCategories - 1);
  const numberOf = new Map(types.map(([type], index) => [type, index + 1]));
  const category = Int32Array.from(catalog, (item) => numberOf.get(typeOf(item)) ?? 0);
  const doubling = catalog.map((item) => (item?.priceMinor ? Math.floor(Math.log2(item.priceMinor)) : null));
  const lowest = doubling.reduce<number>((least, one) => (one === null ? least : Math.min(least, one)), 63);
  const band = Int32Array.from(doubling, (one) => (one === null ? 0 : Math.min(mostBands, one - lowest + 1)));
  const cellNumber = new Map<number, number>();
  const cellOf = Int32Array.from(category, (one, item) => {
    const key = one * (mostBands + 1) + at(band, item);
    const known = cellNumber.get(key) ?? cellNumber.size;
    cellNumber.set(key, known);
    return known;
  });
  const keys = [...cellNumber.keys()];
  const cells = {
    category: Int32Array.from(keys, (key) => Math.floor(key / (mostBands + 1))),
    band: Int32Array.from(keys, (key) => key % (mostBands + 1)),
  };
  return { category, band, cells, cellOf };
}

/** Counts which classes meet in baskets, and how often they would by chance. */
export function countClassPairs(history: History, of: Int32Array, counts: Float64Array): ClassPairs {
  const size = of.reduce((most, one) => Math.max(most, one), 0) + 1;
  const joint = new Float64Array(size * size);
  const all = history.basketAt.length;
  const first = Math.max(0, all - mostBaskets);
  const met = new Float64Array(size);
  for (let basket = first; basket < all; basket += 1) addBasket(history, basket, of, met, joint, size);
  const sales = new Float64Array(size);
  const squares = new Float64Array(size);
  of.forEach((one, item) => {
    sales[one] = at(sales, one) + at(counts, item);
    squares[one] = at(squares, one) + at(counts, item) ** 2;
  });
  const looked = all === 0 ? 0 : (all - first) / all / all;
  const expected = Float64Array.from(
    joint,
    (_, k) =>
      looked *
      (at(sales, Math.floor(k / size)) * at(sales, k % size) -
        (Math.floor(k / size) === k % size ? at(squares, k % size) : 0)),
  );
  const sum = (values: Float64Array) => values.reduce((total, one) => total + one, 0);
  const everything = sum(expected) > 0 && sum(joint) > 0 ? sum(joint) / sum(expected) : 1;
  const rowSums = (values: Float64Array) =>
    Float64Array.from({ length: size }, (_, row) => sum(values.subarray(row * size, (row + 1) * size)));
  const rows = rowSums(joint);
  const means = rowSums(expected).map((one) => one * everything);
  const rowStrength = strengthOf(rows, means);
  const withAll = Float64Array.from(rows, (one, row) => everything * shrunk(one, at(means, row), rowStrength));
  const strength = strengthOf(
    joint,
    expected.map((one, k) => one * at(withAll, Math.floor(k / size))),
  );
  return { of, size, joint, expected, withAll, everything, strength };
}

function addBasket(
  history: History,
  basket: number,
  of: Int32Array,
  met: Float64Array,
  joint: Float64Array,
  size: number,
): void {
  const items = pairItemsOf(history, basket);
  if (size === 1) {
    joint[0] = at(joint, 0) + items.length * (items.length - 1);
    return;
  }
  const classes: number[] = [];
  for (const item of items) {
    const one = at(of, item);
    if (met[one] === 0) classes.push(one);
    met[one] = at(met, one) + 1;
  }
  for (const one of classes)
    for (const other of classes)
      joint[one * size + other] =
        at(joint, one * size + other) + at(met, one) * (at(met, other) - (one === other ? 1 : 0));
  for (const one of classes) met[one] = 0;
}

/** Lift of one class with every class, one basket (-1 = none) not counted. */
export function lessThisBasket(pairs: ClassPairs, row: number, history: History, leftOut: number): Float64Array {
  const { of, size, joint, expected, withAll, strength } = pairs;
  const less = new Float64Array(size);
  if (leftOut >= 0) {
    for (const item of itemsOf(history, leftOut)) less[at(of, item)] = at(less, at(of, item)) + 1;
    const own = at(less, row);
    for (let other = 0; other < size; other += 1)
      less[other] = own * Math.max(0, at(less, other) - (other === row ? 1 : 0));
  }
  const mean = at(withAll, row);
  const lifts = new Float64Array(size);
  for (let other = 0; other < size; other += 1) {
    const k = row * size + other;
    const seen = Math.max(0, at(joint, k) - at(less, other));
    lifts[other] = mean * shrunk(seen, at(expected, k) * mean, strength);
  }
  return lifts;
}
