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
  const [start, holder] = holders(history);
  const total = history.basketAt.length;
  const idf = (item: number) => Math.log(1 + total / Math.max(1, at(start, item + 1) - at(start, item)));
  let likeness = new Float32Array(0);
  const touched: number[] = [];
  return (items, weights, leftOut, out) => {
    if (likeness.length < total) likeness = new Float32Array(total);
    const places = Float32Array.from({ length: items.length }, (_, k) => weights[k] ?? 0);
    for (const k of best(places, mostItems)) {
      const item = items[k] ?? 0;
      const worth = at(places, k) * idf(item);
      const end = at(start, item + 1);
      for (let hold = Math.max(at(start, item), end - latestHolders); hold < end; hold += 1) {
        const basket = at(holder, hold);
        if (basket === leftOut) continue;
        if (likeness[basket] === 0) touched.push(basket);
        likeness[basket] = at(likeness, basket) + worth;
      }
    }
    const scores = Float32Array.from(
      touched,
      (basket) => at(likeness, basket) / Math.sqrt(itemsOf(history, basket).length + 1),
    );
    const near = best(scores, neighbours);
    let sum = 0;
    for (const k of near) sum += at(scores, k);
    for (const k of near) {
      const share = at(scores, k) / sum;
      for (const item of itemsOf(history, touched[k] ?? 0)) out[item] = at(out, item) + share;
    }
    for (const basket of touched) likeness[basket] = 0;
    touched.length = 0;
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
