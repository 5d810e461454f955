import { best } from './best.ts';
import { at, type History, itemsOf } from './history.ts';

/** Writes what the baskets most like some items hold, each weighing by its likeness; `out` is zeroed. */
export type NearBaskets = (
  items: ArrayLike<number>,
  weights: ArrayLike<number>,
  leftOut: number,
  out: Float32Array,
) => void;

/** Of a popular product only so many baskets are looked at, the latest ones. */
const latestHolders = 500;
/** Of a long list only so many items, the loudest ones, are looked for. */
const mostItems = 60;
const neighbours = 100;

/**
 * Session-based neighbours: baskets are alike by the cosine of their items, rare ones counting more (inverse
 * document frequency), as in Ludewig and Jannach, "Evaluation of session-based recommendation algorithms" (UMUAI 2018).
 */
export function createNearBaskets(history: History): NearBaskets {
  const { basketStart, basketItem } = history;
  const total = history.basketAt.length;
  // Made when first asked for: a model that is only counted or stored needs none of it.
  let held: ReturnType<typeof makeRoom> | null = null;
  return (items, weights, leftOut, out) => {
    const { start, holder, likeness, touched, scores, length } = (held ??= makeRoom(history));
    const idf = (item: number) => Math.log(1 + total / Math.max(1, at(start, item + 1) - at(start, item)));
    const loud = new Float32Array(items.length);
    loud.set(weights);
    let found = 0;
    for (const k of best(loud, mostItems)) {
      const item = items[k] ?? 0;
      const worth = at(loud, k) * idf(item);
      const end = at(start, item + 1);
      for (let hold = Math.max(at(start, item), end - latestHolders); hold < end; hold += 1) {
        const basket = holder[hold] ?? 0;
        if (basket === leftOut) continue;
        const before = likeness[basket] ?? 0;
        if (before === 0) touched[found++] = basket;
        likeness[basket] = before + worth;
      }
    }
    for (let k = 0; k < found; k += 1) {
      const basket = touched[k] ?? 0;
      scores[k] = (likeness[basket] ?? 0) / (length[basket] ?? 1);
      likeness[basket] = 0;
    }
    const near = best(scores.subarray(0, found), neighbours);
    let sum = 0;
    for (const k of near) sum += at(scores, k);
    for (const k of near) {
      const share = at(scores, k) / sum;
      const basket = at(touched, k);
      const end = at(basketStart, basket + 1);
      for (let line = at(basketStart, basket); line < end; line += 1) {
        const item = basketItem[line] ?? 0;
        out[item] = (out[item] ?? 0) + share;
      }
    }
  };
}

function makeRoom(history: History) {
  const [start, holder] = holders(history);
  // More baskets than these cannot be looked at.
  const baskets = history.basketAt.length;
  const most = Math.min(baskets, mostItems * latestHolders);
  const length = new Float32Array(baskets);
  for (let basket = 0; basket < baskets; basket += 1)
    length[basket] = Math.sqrt((history.basketStart[basket + 1] ?? 0) - (history.basketStart[basket] ?? 0) + 1);
  return {
    start,
    holder,
    likeness: new Float32Array(history.basketAt.length),
    touched: new Int32Array(most),
    scores: new Float32Array(most),
    /** root of each basket's lines and one more */
    length,
  };
}

function holders(history: History): [Int32Array, Int32Array] {
  const n = history.items.length;
  const start = new Int32Array(n + 1);
  for (const item of history.basketItem) start[item + 1] = at(start, item + 1) + 1;
  for (let item = 0; item < n; item += 1) start[item + 1] = at(start, item + 1) + at(start, item);
  const next = start.slice();
  const holder = new Int32Array(history.basketItem.length);
  for (let basket = 0; basket < history.basketAt.length; basket += 1)
    for (const item of itemsOf(history, basket)) {
      holder[at(next, item)] = basket;
      next[item] = at(next, item) + 1;
    }
  return [start, holder];
}
