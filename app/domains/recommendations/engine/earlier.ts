import type { CatalogItem } from '../model.ts';
import { at, completeHistory, type History, itemsOf } from './history.ts';
import type { LinearModel } from './ease.ts';
import { lastCosine, type Neighbours, shrunkLogLift, supportLeft } from './neighbours.ts';
import { pairItemsOf } from './pair-lines.ts';
import { type CountedParts, type Parts, withPopularity } from './parts.ts';
import { learnPrior } from './prior.ts';
import { countRepeats } from './repeats.ts';

/** The latest share of the orders, and the most of them: what the blend is asked about and the sources have not seen. */
const lateShare = 0.15;
const mostLate = 8_000;

/**
 * The number of the first late basket; orders of one moment stay together, or the first of them would give away the
 * others. All baskets where there is no earlier one.
 */
export function cutOf({ basketAt }: Pick<History, 'basketAt'>): number {
  const all = basketAt.length;
  const planned = at(basketAt, all - Math.min(mostLate, Math.ceil(all * lateShare)));
  let cut = all;
  while (cut > 0 && at(basketAt, cut - 1) >= planned) cut -= 1;
  return cut === 0 ? all : cut;
}

/** The first baskets of a history alone; everything keeps its number. */
export function historyBefore(history: History, cut: number): History {
  const { items, customers, basketAt, basketCustomer, basketStart, basketItem } = history;
  return completeHistory(
    items,
    customers,
    basketAt.subarray(0, cut),
    basketCustomer.subarray(0, cut),
    basketStart.subarray(0, cut + 1),
    basketItem.subarray(0, at(basketStart, cut)),
    history,
  );
}

/**
 * What the sources would have counted before the late orders came. Popularity looks only at what came before the moment
 * of asking anyway, and so do the groups of customers; descriptions know no time.
 */
export function partsBefore(
  { history, neighbours, content, days, groups }: CountedParts,
  catalog: readonly (CatalogItem | undefined)[],
  cut: number,
  linear: LinearModel | null,
): Parts {
  const before = historyBefore(history, cut);
  const counted = neighboursBefore(neighbours, history, cut);
  return withPopularity({
    history: before,
    neighbours: counted,
    linear,
    content,
    prior: learnPrior(before, catalog, counted.counts),
    repeats: countRepeats(before),
    days,
    groups,
  });
}

/**
 * The same pairs with the late baskets taken out of their numbers: a hundredth of the work of counting anew. A pair that
 * would not be in its row but for late baskets is there with a support of 0.
 */
export function neighboursBefore(all: Neighbours, history: History, cut: number): Neighbours {
  const { start, item } = all;
  const n = history.items.length;
  const total = all.total - (history.basketAt.length - cut);
  const counts = all.counts.slice();
  const held: number[][] = Array.from({ length: n }, () => []);
  for (let basket = cut; basket < history.basketAt.length; basket += 1) {
    for (const one of itemsOf(history, basket)) counts[one] = at(counts, one) - 1;
    for (const one of pairItemsOf(history, basket)) held[one]?.push(basket);
  }
  const support = new Int32Array(new SharedArrayBuffer(item.length * 4));
  const cosine = new Float32Array(new SharedArrayBuffer(item.length * 4));
  const lift = new Float32Array(new SharedArrayBuffer(item.length * 4));
  const late = new Int32Array(n);
  for (let one = 0; one < n; one += 1) {
    const baskets = held[one] ?? [];
    for (const basket of baskets) for (const other of pairItemsOf(history, basket)) late[other] = at(late, other) + 1;
    const own = counts[one] ?? 0;
    const least = lastCosine(all, one);
    // Read without `at`: an access that sees one kind of array is faster, and these are many.
    for (let k = start[one] ?? 0, end = start[one + 1] ?? 0; k < end; k += 1) {
      const other = item[k] ?? 0;
      const seen = supportLeft(all.support[k] ?? 0, late[other] ?? 0, all.cosine[k] ?? 0, least);
      if (seen === 0) continue;
      const theirs = counts[other] ?? 0;
      support[k] = seen;
      cosine[k] = seen / Math.sqrt(own * theirs);
      lift[k] = shrunkLogLift(seen, own, theirs, total);
    }
    for (const basket of baskets) for (const other of pairItemsOf(history, basket)) late[other] = 0;
  }
  return { start, item, support, cosine, lift, counts, total };
}
