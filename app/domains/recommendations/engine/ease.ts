import type { Crew } from './crew.ts';
import { addUpPairs } from './gram.ts';
import { everBought } from './ever-bought.ts';
import { at, type History } from './history.ts';
import { pairItemsOf } from './pair-lines.ts';
import { addRows } from './row-sums.ts';
import { createSquareMatrix, invertInPlace, type SquareMatrix } from './spd-inverse.ts';

/**
 * The linear model: how strongly each item, held in a basket or a history, asks for each other item, all
 * others taken into account. Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019);
 * here the Gram matrix adds up baskets and whole customers, so that one inverse serves cart and taste.
 */
export interface LinearModel {
  readonly inverse: SquareMatrix;
  /** 1 / diagonal of the inverse */
  readonly scale: Float32Array;
  /** what is taken out again, see `linearWithout` */
  readonly removed?: Removed;
}

/** A change of low rank: the inverse is meant to be `inverse` - columns' × core × columns. */
interface Removed {
  readonly columns: readonly Float32Array[];
  readonly core: Float64Array;
  /** the items, ascending, whose rows add up to the first column: the basket that was taken out */
  readonly basket: Int32Array;
}

/** Above this number of products the dense inverse no longer fits; neighbours carry the answer alone. */
export const mostLinearItems = 8_000;
/** A customer with more products than this (a reseller) says little about taste and costs the square. */
const longestProfile = 1_500;

/**
 * @param ridge added to the diagonal; larger means more cautious
 * @returns null when the shop has more products than the dense inverse can take
 */
export function trainLinear(history: History, ridge: number, crew: Crew): LinearModel | null {
  const n = history.items.length;
  if (n === 0 || n > mostLinearItems) return null;
  const gram = createSquareMatrix(n);
  addUpPairs(gram, history, longestProfile, crew);
  for (let item = 0; item < n; item += 1)
    gram.values[item * gram.stride + item] = at(gram.values, item * gram.stride + item) + ridge;
  invertInPlace(gram, crew);
  const scale = new Float32Array(n);
  for (let item = 0; item < n; item += 1) scale[item] = 1 / at(gram.values, item * gram.stride + item);
  return { inverse: gram, scale };
}

/** What `linearWithout` writes to; kept from basket to basket, because so many rows would keep the collector busy. */
export interface LinearRoom {
  readonly columns: readonly [Float32Array, Float32Array, Float32Array];
  readonly scale: Float32Array;
  readonly seen: Uint8Array;
}

/** @param items how many the model knows */
export const openLinearRoom = (items: number): LinearRoom => ({
  columns: [new Float32Array(items), new Float32Array(items), new Float32Array(items)],
  scale: new Float32Array(items),
  seen: new Uint8Array(items),
});

/**
 * The model as it would be without one basket and with its customer's row as it was before, exactly: that changes
 * the Gram matrix by rank 3 at most, which the inverse follows by the Sherman-Morrison-Woodbury identity. Costs a
 * few hundred rows instead of a training. Valid as long as nothing else is written to the room.
 */
export function linearWithout(model: LinearModel, history: History, basket: number, room: LinearRoom): LinearModel {
  const [first, second, third] = room.columns;
  const items = pairItemsOf(history, basket);
  addRows(model.inverse, items, null, first.fill(0));
  const rows: { items: Int32Array; sign: number; column: Float32Array }[] = [{ items, sign: -1, column: first }];
  const customer = at(history.basketCustomer, basket);
  if (customer >= 0) {
    const ever = everBought(history, customer, Infinity, room.seen);
    const before = everBought(history, customer, basket, room.seen);
    if (before.length < ever.length && before.length <= longestProfile) {
      addRows(model.inverse, before, null, second.fill(0));
      if (ever.length <= longestProfile) {
        // What was bought before comes first in what was ever bought: only the rest need be added.
        third.set(second);
        addRows(model.inverse, ever.subarray(before.length), null, third);
        rows.push({ items: ever, sign: -1, column: third });
      }
      if (before.length > 0) rows.push({ items: before, sign: 1, column: second });
    }
  }
  const columns = rows.map(({ column }) => column);
  const core = new Float64Array(rows.length * rows.length);
  rows.forEach(({ items: held, sign }, i) =>
    columns.forEach((column, j) => {
      let sum = i === j ? sign : 0;
      for (const item of held) sum += column[item] ?? 0;
      core[i * rows.length + j] = sum;
    }),
  );
  invertTiny(core, rows.length);
  writeScale(model.scale, { columns, core }, room.scale);
  return { inverse: model.inverse, scale: room.scale, removed: { columns, core, basket: items } };
}

/** 1 / diagonal of the inverse less the removed rows' part in it. */
function writeScale(before: Float32Array, { columns, core }: Omit<Removed, 'basket'>, scale: Float32Array): void {
  const { length } = columns;
  const first = columns[0] ?? scale;
  const [, second = first, third = first] = columns;
  const c = (i: number, j: number) => (i < length && j < length ? at(core, i * length + j) : 0);
  // Both factors of a product of two different columns at once: there are three columns at most.
  const [aa, bb, cc] = [c(0, 0), c(1, 1), c(2, 2)];
  const [ab, ac, bc] = [c(0, 1) + c(1, 0), c(0, 2) + c(2, 0), c(1, 2) + c(2, 1)];
  for (let item = 0; item < scale.length; item += 1) {
    const x = first[item] ?? 0;
    const y = second[item] ?? 0;
    const z = third[item] ?? 0;
    const less = x * (aa * x + ab * y + ac * z) + y * (bb * y + bc * z) + cc * z * z;
    const own = before[item] ?? 1;
    scale[item] = own / (1 - less * own);
  }
}

/**
 * Writes the prediction for a weighted profile into `scores` (zeroed by the caller). An item never votes for itself.
 * @param weights one for each item; 1 for all where it is null
 */
export function addLinear(
  model: LinearModel,
  items: ArrayLike<number>,
  weights: ArrayLike<number> | null,
  scores: Float32Array,
): void {
  const { removed } = model;
  const hidden = weights === null && removed !== undefined ? missingFrom(items, removed.basket) : null;
  if (removed !== undefined && hidden !== null) {
    // All of the basket but a few: its sum is known.
    scores.set(removed.columns[0] ?? []);
    addRows(model.inverse, hidden, new Float32Array(hidden.length).fill(-1), scores);
  } else addRows(model.inverse, items, weights, scores);
  const { scale } = model;
  if (removed !== undefined) {
    const [first, second = first, third = first] = removed.columns;
    const [x = 0, y = 0, z = 0] = factorsOf(removed, items, weights);
    if (first !== undefined && second !== undefined && third !== undefined)
      for (let item = 0; item < scores.length; item += 1) {
        const less = x * (first[item] ?? 0) + y * (second[item] ?? 0) + z * (third[item] ?? 0);
        scores[item] = (less - (scores[item] ?? 0)) * (scale[item] ?? 0);
      }
  } else for (let item = 0; item < scores.length; item += 1) scores[item] = -(scores[item] ?? 0) * (scale[item] ?? 0);
  for (let k = 0; k < items.length; k += 1) {
    const item = items[k] ?? 0;
    scores[item] = at(scores, item) + (weights === null ? 1 : (weights[k] ?? 0));
  }
}

/** What `all` has besides `some`, both ascending; null where that is no shorter or `some` has more. */
function missingFrom(some: ArrayLike<number>, all: Int32Array): number[] | null {
  if (all.length - some.length >= some.length) return null;
  const missing: number[] = [];
  let place = 0;
  for (const item of all) {
    if (some[place] === item) place += 1;
    else missing.push(item);
  }
  return place === some.length ? missing : null;
}

/** The model's weight from one item to another. */
export function linearWeight(model: LinearModel, from: number, to: number): number {
  return from === to ? 0 : -at(model.inverse.values, from * model.inverse.stride + to) * at(model.scale, to);
}

/** How much of each column is to be taken out of the sum of some rows. */
function factorsOf(
  { columns, core }: Removed,
  items: ArrayLike<number>,
  weights: ArrayLike<number> | null,
): readonly number[] {
  const heard = columns.map((column) => {
    let sum = 0;
    for (let k = 0; k < items.length; k += 1)
      sum += (weights === null ? 1 : (weights[k] ?? 0)) * (column[items[k] ?? 0] ?? 0);
    return sum;
  });
  return columns.map((_, j) => heard.reduce((sum, value, i) => sum + value * at(core, i * columns.length + j), 0));
}

/** Gauss-Jordan with row pivoting, in place, for a matrix of a few rows. */
function invertTiny(a: Float64Array, n: number): void {
  const work = Array.from({ length: n }, (_, i) => [
    ...a.subarray(i * n, (i + 1) * n),
    ...Array.from({ length: n }, (__, j) => Number(i === j)),
  ]);
  for (let p = 0; p < n; p += 1) {
    let pivot = p;
    for (let i = p; i < n; i += 1) if (Math.abs(work[i]?.[p] ?? 0) > Math.abs(work[pivot]?.[p] ?? 0)) pivot = i;
    [work[p], work[pivot]] = [work[pivot] ?? [], work[p] ?? []];
    const scale = work[p]?.[p] ?? 1;
    work[p] = (work[p] ?? []).map((value) => value / scale);
    for (let i = 0; i < n; i += 1) {
      if (i === p) continue;
      const factor = work[i]?.[p] ?? 0;
      work[i] = (work[i] ?? []).map((value, j) => value - factor * (work[p]?.[j] ?? 0));
    }
  }
  work.forEach((row, i) => a.set(row.slice(n), i * n));
}
