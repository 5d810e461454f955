import { everBought } from './ever-bought.ts';
import { at, type History, sharedInts } from './history.ts';
import { rowsOf } from './linear-items.ts';
import { pairItemsOf } from './pair-lines.ts';
import { createSquareMatrix, type SquareMatrix } from './spd-inverse.ts';

/**
 * The rows of the linear model that the blend learns from: those of the most bought products. Its time goes with their
 * cube; 2,048 of 3,200 cost a quarter and taught the same blend (NDCG@10 within 0.002 on five of six parts of the
 * real history, 0.0017 less in `cart` on its first fifth).
 */
const mostRows = 2_048;

/** A Gram matrix and the products of its rows. */
export interface GramRows {
  readonly gram: SquareMatrix;
  readonly items: Int32Array;
  readonly rowOf: Int32Array;
}

/**
 * The lower half of the Gram matrix as it was before the baskets from number `cut` on: theirs is taken out of a copy,
 * and so is what they added to their customers' rows. The numbers are whole, so that this is exact.
 */
export function gramBefore(
  whole: GramRows,
  history: History,
  { cut, longestProfile }: { readonly cut: number; readonly longestProfile: number },
): GramRows {
  const chosen = mostBought(whole);
  const items = sharedInts(chosen.length);
  const rowOf = sharedInts(whole.rowOf.length).fill(-1);
  chosen.forEach((row, place) => {
    items[place] = whole.items[row] ?? 0;
    rowOf[items[place] ?? 0] = place;
  });
  const gram = createSquareMatrix(chosen.length);
  chosen.forEach((row, place) => {
    const from = row * whole.gram.stride;
    const to = place * gram.stride;
    for (let k = 0; k <= place; k += 1) gram.values[to + k] = whole.gram.values[from + (chosen[k] ?? 0)] ?? 0;
  });
  const add = (bought: Int32Array, times: number): void => {
    const rows = rowsOf(bought, rowOf).sort();
    for (let i = 0; i < rows.length; i += 1) {
      const to = (rows[i] ?? 0) * gram.stride;
      for (let j = 0; j <= i; j += 1) {
        const place = to + (rows[j] ?? 0);
        gram.values[place] = (gram.values[place] ?? 0) + times;
      }
    }
  };
  const customers = new Set<number>();
  for (let basket = cut; basket < history.basketAt.length; basket += 1) {
    add(pairItemsOf(history, basket), -1);
    customers.add(at(history.basketCustomer, basket));
  }
  customers.delete(-1);
  const seen = new Uint8Array(rowOf.length);
  for (const customer of customers)
    for (const [end, times] of [
      [Infinity, -1],
      [cut, 1],
    ] as const) {
      const profile = everBought(history, customer, end, seen);
      if (profile.length <= longestProfile) add(profile, times);
    }
  return { gram, items, rowOf };
}

/** The rows with the most baskets and customers, ascending; of those alike the first in number. */
function mostBought({ gram: { size, stride, values } }: GramRows): Int32Array {
  const sales = (row: number): number => values[row * stride + row] ?? 0;
  return Int32Array.from({ length: size }, (_, row) => row)
    .sort((a, b) => sales(b) - sales(a) || a - b)
    .subarray(0, mostRows)
    .sort();
}
