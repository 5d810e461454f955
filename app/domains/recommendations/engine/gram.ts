import type { Crew, Work } from './crew.ts';
import { everBought } from './ever-bought.ts';
import { at, type History, sharedInts } from './history.ts';
import { pairLines } from './pair-lines.ts';
import type { SquareMatrix } from './spd-inverse.ts';

/**
 * Adds up the lower half of the Gram matrix: for each pair of items the baskets and the customers that hold both.
 * @param longestProfile customers with more items than this are left out
 */
export function addUpPairs(gram: SquareMatrix, history: History, longestProfile: number, crew: Crew): void {
  const customers = history.customers.length;
  const profileStart = sharedInts(customers + 1);
  const profileItem = sharedInts(history.basketItem.length);
  const seen = new Uint8Array(gram.size);
  for (let customer = 0; customer < customers; customer += 1) {
    const profile = everBought(history, customer, Infinity, seen);
    const from = at(profileStart, customer);
    const isTaken = profile.length <= longestProfile;
    if (isTaken) profileItem.set(profile.sort(), from);
    profileStart[customer + 1] = from + (isTaken ? profile.length : 0);
  }
  const baskets = pairLines(history);
  const { size, stride, values } = gram;
  crew
    .open(gramWork, { size, stride, values, baskets, profiles: { start: profileStart, item: profileItem } })
    .run(Math.ceil(size / gramRows));
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
