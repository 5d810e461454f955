import type { Crew, Work } from './crew.ts';
import { everBought } from './ever-bought.ts';
import { type History, sharedInts } from './history.ts';
import { rowsOf } from './linear-items.ts';
import { pairLines } from './pair-lines.ts';
import type { SquareMatrix } from './spd-inverse.ts';

/**
 * Begins to add up the lower half of the Gram matrix: for each pair of items the baskets and the customers that hold
 * both.
 * @param options the row of each item, -1 = none; customers with more items than the longest profile are left out
 * @returns ends it
 */
export function addUpPairs(
  gram: SquareMatrix,
  history: History,
  { rowOf, longestProfile }: { readonly rowOf: Int32Array; readonly longestProfile: number },
  crew: Crew,
): () => void {
  const customers = history.customers.length;
  const profiles = openSets(customers, history.basketItem.length);
  const seen = new Uint8Array(rowOf.length);
  for (let customer = 0; customer < customers; customer += 1) {
    const profile = everBought(history, customer, Infinity, seen);
    profiles.add(profile.length <= longestProfile ? rowsOf(profile, rowOf).sort() : []);
  }
  const lines = pairLines(history);
  const baskets = openSets(history.basketAt.length, lines.item.length);
  for (let basket = 0; basket < history.basketAt.length; basket += 1)
    baskets.add(rowsOf(lines.item.subarray(lines.start[basket], lines.start[basket + 1]), rowOf));
  const { size, stride, values } = gram;
  return crew
    .open(gramWork, { size, stride, values, baskets: baskets.sets, profiles: profiles.sets })
    .begin(Math.ceil(size / gramRows));
}

/** Room for so many sets of so many rows in all, in memory that threads share. */
function openSets(count: number, rows: number): { readonly sets: Sets; add(set: ArrayLike<number>): void } {
  const sets = { start: sharedInts(count + 1), item: sharedInts(rows) };
  let added = 0;
  let end = 0;
  return {
    sets,
    add(set) {
      sets.item.set(set, end);
      sets.start[++added] = end += set.length;
    },
  };
}

/** Rows of one task: they stay in a core's caches. */
const gramRows = 64;

/** Sets of items, ascending, one behind the other. */
interface Sets {
  readonly start: Int32Array;
  readonly item: Int32Array;
}

interface GramShare extends Pick<SquareMatrix, 'size' | 'stride' | 'values'> {
  readonly baskets: Sets;
  readonly profiles: Sets;
}

/** Task k adds up a few rows. The numbers are whole, so that their order does not matter. */
export const gramWork: Work<GramShare> = {
  kind: 'gram',
  prepare({ size, stride, values, baskets, profiles }) {
    const add = ({ start, item }: Sets, from: number, to: number) => {
      for (let set = 0; set < start.length - 1; set += 1) {
        const first = start[set] ?? 0;
        const end = start[set + 1] ?? 0;
        let low = first;
        for (let high = end; low < high;) {
          const middle = (low + high) >>> 1;
          if ((item[middle] ?? 0) < from) low = middle + 1;
          else high = middle;
        }
        for (let i = low; i < end; i += 1) {
          const one = item[i] ?? 0;
          if (one >= to) break;
          const row = one * stride;
          for (let j = first; j <= i; j += 1) {
            const place = row + (item[j] ?? 0);
            values[place] = (values[place] ?? 0) + 1;
          }
        }
      }
    };
    return (task) => {
      const from = task * gramRows;
      const to = Math.min(size, from + gramRows);
      add(baskets, from, to);
      add(profiles, from, to);
    };
  },
};
