import type { Crew } from './crew.ts';
import { gramBefore, type GramRows } from './earlier-linear.ts';
import { addUpPairs } from './gram.ts';
import { everBought } from './ever-bought.ts';
import { at, type History } from './history.ts';
import { chooseLinearItems, rowsOf } from './linear-items.ts';
import { pairItemsOf } from './pair-lines.ts';
import { addRows } from './row-sums.ts';
import { createSquareMatrix, invertInPlace, type SquareMatrix } from './spd-inverse.ts';

/**
 * The linear model: how strongly each item, held in a basket or a history, asks for each other item, all
 * others taken into account. Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019);
 * here the Gram matrix adds up baskets and whole customers, so that one inverse serves cart and taste.
 */
export interface LinearModel {
  /** a row and a column for each of its items */
  readonly inverse: SquareMatrix;
  /** 1 / diagonal of the inverse */
  readonly scale: Float32Array;
  /** by row: the item */
  readonly items: Int32Array;
  /** by item: its row, -1 = none: it asks for nothing and nothing asks for it */
  readonly rowOf: Int32Array;
  /** what is taken out again, see `linearWithout` */
  readonly removed?: Removed;
}

/** A change of low rank: the inverse is meant to be `inverse` - columns' × core × columns. */
interface Removed {
  readonly columns: readonly Float32Array[];
  readonly core: Float64Array;
  /** the rows, ascending, that add up to the first column: the basket that was taken out */
  readonly basket: Int32Array;
}

/** A customer with more products than this (a reseller) says little about taste and costs the square. */
const longestProfile = 1_500;

/** The linear model of a history, see `beginLinear`. */
export const trainLinear = (history: History, ridge: number, crew: Crew): LinearModel | null =>
  beginLinear(history, { ridge, cut: history.basketAt.length }, crew)().whole;

/** The linear model, and as it was before the late baskets, without its rarer products; both null where nothing was bought. */
export interface LinearModels {
  readonly whole: LinearModel | null;
  /** null also where no basket is late */
  readonly earlier: LinearModel | null;
}

/**
 * Lets the crew's helpers begin with the linear model.
 * @param options ridge: added to the diagonal, larger means more cautious; cut: number of the first late basket
 * @returns ends it
 */
export function beginLinear(
  history: History,
  { ridge, cut }: { readonly ridge: number; readonly cut: number },
  crew: Crew,
): () => LinearModels {
  const { items, rowOf } = chooseLinearItems(history);
  const rows = items.length;
  if (rows === 0) return () => ({ whole: null, earlier: null });
  const gram = createSquareMatrix(rows);
  const addUp = addUpPairs(gram, history, { rowOf, longestProfile }, crew);
  return () => {
    addUp();
    const whole = { gram, items, rowOf };
    const earlier = cut < history.basketAt.length ? gramBefore(whole, history, { cut, longestProfile }) : null;
    return { whole: solve(whole, ridge, crew), earlier: earlier && solve(earlier, ridge, crew) };
  };
}

/** The model of a Gram matrix, whose place it takes. */
function solve({ gram, items, rowOf }: GramRows, ridge: number, crew: Crew): LinearModel {
  const rows = items.length;
  for (let row = 0; row < rows; row += 1)
    gram.values[row * gram.stride + row] = at(gram.values, row * gram.stride + row) + ridge;
  invertInPlace(gram, crew);
  const scale = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) scale[row] = 1 / at(gram.values, row * gram.stride + row);
  return { inverse: gram, scale, items, rowOf };
}

/** What `linearWithout` writes to; kept from basket to basket, because so many rows would keep the collector busy. */
export interface LinearRoom {
  readonly columns: readonly [Float32Array, Float32Array, Float32Array];
  readonly scale: Float32Array;
  readonly seen: Uint8Array;
}

export const openLinearRoom = ({ items: { length }, rowOf }: LinearModel): LinearRoom => ({
  columns: [new Float32Array(length), new Float32Array(length), new Float32Array(length)],
  scale: new Float32Array(length),
  seen: new Uint8Array(rowOf.length),
});

/**
 * The model as it would be without one basket and with its customer's row as it was before, exactly: that changes
 * the Gram matrix by rank 3 at most, which the inverse follows by the Sherman-Morrison-Woodbury identity. Costs a
 * few hundred rows instead of a training. Valid as long as nothing else is written to the room.
 */
export function linearWithout(model: LinearModel, history: History, basket: number, room: LinearRoom): LinearModel {
  const [first, second, third] = room.columns;
  const held = rowsOf(pairItemsOf(history, basket), model.rowOf);
  addRows(model.inverse, held, null, first.fill(0));
  const rows: { held: Int32Array; sign: number; column: Float32Array }[] = [{ held, sign: -1, column: first }];
  const customer = at(history.basketCustomer, basket);
  if (customer >= 0) {
    const ever = everBought(history, customer, Infinity, room.seen);
    const before = everBought(history, customer, basket, room.seen);
    if (before.length < ever.length && before.length <= longestProfile) {
      const heldBefore = rowsOf(before, model.rowOf);
      addRows(model.inverse, heldBefore, null, second.fill(0));
      if (ever.length <= longestProfile) {
        // What was bought before comes first in what was ever bought: only the rest need be added.
        const heldEver = rowsOf(ever, model.rowOf);
        third.set(second);
        addRows(model.inverse, heldEver.subarray(heldBefore.length), null, third);
        rows.push({ held: heldEver, sign: -1, column: third });
      }
      if (heldBefore.length > 0) rows.push({ held: heldBefore, sign: 1, column: second });
    }
  }
  const columns = rows.map(({ column }) => column);
  const core = new Float64Array(rows.length * rows.length);
  rows.forEach(({ held: some, sign }, i) =>
    columns.forEach((column, j) => {
      let sum = i === j ? sign : 0;
      for (const row of some) sum += column[row] ?? 0;
      core[i * rows.length + j] = sum;
    }),
  );
  invertTiny(core, rows.length);
  writeScale(model.scale, { columns, core }, room.scale);
  return { ...model, scale: room.scale, removed: { columns, core, basket: held } };
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
  for (let row = 0; row < scale.length; row += 1) {
    const x = first[row] ?? 0;
    const y = second[row] ?? 0;
    const z = third[row] ?? 0;
    const less = x * (aa * x + ab * y + ac * z) + y * (bb * y + bc * z) + cc * z * z;
    const own = before[row] ?? 1;
    scale[row] = own / (1 - less * own);
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
  const { inverse, items: itemOf, rowOf, removed, scale } = model;
  const rows = rowsOf(items, rowOf);
  const loud = weights === null ? null : weightsOfRows(items, weights, rowOf, rows.length);
  const sum = roomFor(scale.length);
  const hidden = loud === null && removed !== undefined ? missingFrom(rows, removed.basket) : null;
  if (removed !== undefined && hidden !== null) {
    // All of the basket but a few: its sum is known.
    sum.set(removed.columns[0] ?? []);
    addRows(inverse, hidden, new Float32Array(hidden.length).fill(-1), sum);
  } else addRows(inverse, rows, loud, sum.fill(0));
  if (removed !== undefined) {
    const [first, second = first, third = first] = removed.columns;
    const [x = 0, y = 0, z = 0] = factorsOf(removed, rows, loud);
    if (first !== undefined && second !== undefined && third !== undefined)
      for (let row = 0; row < sum.length; row += 1) {
        const less = x * (first[row] ?? 0) + y * (second[row] ?? 0) + z * (third[row] ?? 0);
        scores[itemOf[row] ?? 0] = (less - (sum[row] ?? 0)) * (scale[row] ?? 0);
      }
  } else for (let row = 0; row < sum.length; row += 1) scores[itemOf[row] ?? 0] = -(sum[row] ?? 0) * (scale[row] ?? 0);
  for (let k = 0; k < rows.length; k += 1) {
    const item = itemOf[rows[k] ?? 0] ?? 0;
    scores[item] = at(scores, item) + (loud === null ? 1 : at(loud, k));
  }
}

let kept = new Float32Array(0);

/** Where one sum of rows is written, kept from question to question. */
function roomFor(rows: number): Float32Array {
  if (kept.length !== rows) kept = new Float32Array(rows);
  return kept;
}

/** The weights of the items that have rows. */
function weightsOfRows(
  items: ArrayLike<number>,
  weights: ArrayLike<number>,
  rowOf: Int32Array,
  length: number,
): Float32Array {
  const found = new Float32Array(length);
  let filled = 0;
  for (let k = 0; k < items.length; k += 1) if ((rowOf[items[k] ?? 0] ?? -1) >= 0) found[filled++] = weights[k] ?? 0;
  return found;
}

/** What `all` has besides `some`, both ascending; null where that is no shorter or `some` has more. */
function missingFrom(some: Int32Array, all: Int32Array): number[] | null {
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
export function linearWeight({ inverse, scale, rowOf }: LinearModel, from: number, to: number): number {
  const [row, column] = [at(rowOf, from), at(rowOf, to)];
  if (row === column || row < 0 || column < 0) return 0;
  return -at(inverse.values, row * inverse.stride + column) * at(scale, column);
}

/** How much of each column is to be taken out of the sum of some rows. */
function factorsOf({ columns, core }: Removed, rows: Int32Array, weights: Float32Array | null): readonly number[] {
  const heard = columns.map((column) => {
    let sum = 0;
    for (let k = 0; k < rows.length; k += 1)
      sum += (weights === null ? 1 : (weights[k] ?? 0)) * (column[rows[k] ?? 0] ?? 0);
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
