import { best } from './best.ts';
import { at, countItems, type History, itemsOf } from './history.ts';

/** For each item its nearest others, best cosine first, with the three numbers that the sources read. */
export interface Neighbours {
  readonly start: Int32Array;
  readonly item: Int32Array;
  /** in how many baskets both are */
  readonly support: Int32Array;
  /** support / sqrt(baskets with one × baskets with the other) */
  readonly cosine: Float32Array;
  /** log of observed over expected joint baskets, shrunk towards 0 where the support is thin */
  readonly lift: Float32Array;
  /** in how many baskets each item is */
  readonly counts: Float64Array;
  /** all baskets */
  readonly total: number;
}

/** Joint baskets that an unproven pair is assumed to lack: lift counts half at this support. */
const liftShrinkage = 4;
/** A basket of more lines than this is a stock order; its pairs say little and cost the square. */
const longestBasket = 400;

/**
 * Counts co-purchases item by item through the baskets that hold it: time grows with the co-purchased pairs,
 * memory with items × `keep`.
 */
export function countNeighbours(history: History, keep: number): Neighbours {
  const n = history.items.length;
  const counts = countItems(history);
  const total = history.basketAt.length;
  const [holdStart, holdBasket] = basketsByItem(history);
  const joint = new Int32Array(n);
  const touched = new Int32Array(n);
  const start = new Int32Array(n + 1);
  const parts = { item: growing(), support: growing(), cosine: growing(), lift: growing() };
  for (let item = 0; item < n; item += 1) {
    let found = 0;
    for (let hold = at(holdStart, item); hold < at(holdStart, item + 1); hold += 1) {
      const basket = at(holdBasket, hold);
      const from = at(history.basketStart, basket);
      const to = at(history.basketStart, basket + 1);
      if (to - from > longestBasket) continue;
      for (let line = from; line < to; line += 1) {
        const other = history.basketItem[line] ?? 0;
        const seen = joint[other] ?? 0;
        if (seen === 0) touched[found++] = other;
        joint[other] = seen + 1;
      }
    }
    const own = at(counts, item);
    const scored = new Float64Array(found);
    let kept = 0;
    for (let k = 0; k < found; k += 1) {
      const other = at(touched, k);
      if (other === item) continue;
      scored[kept] = at(joint, other) / Math.sqrt(own * at(counts, other));
      touched[kept++] = other;
    }
    for (const k of best(scored.subarray(0, kept), keep)) {
      const other = at(touched, k);
      const support = at(joint, other);
      parts.item.push(other);
      parts.support.push(support);
      parts.cosine.push(at(scored, k));
      parts.lift.push(shrunkLogLift(support, own, at(counts, other), total));
    }
    for (let k = 0; k < kept; k += 1) joint[at(touched, k)] = 0;
    joint[item] = 0;
    start[item + 1] = parts.item.length();
  }
  return {
    start,
    item: Int32Array.from(parts.item.values()),
    support: Int32Array.from(parts.support.values()),
    cosine: Float32Array.from(parts.cosine.values()),
    lift: Float32Array.from(parts.lift.values()),
    counts,
    total,
  };
}

/**
 * log((joint / total) / (a / total × b / total)), multiplied by joint / (joint + 4): a pair seen once is hardly
 * believed however surprising it is. Never below 0.
 */
export function shrunkLogLift(joint: number, a: number, b: number, total: number): number {
  if (joint <= 0 || a <= 0 || b <= 0) return 0;
  return Math.max(0, Math.log((joint * total) / (a * b))) * (joint / (joint + liftShrinkage));
}

function basketsByItem(history: History): [Int32Array, Int32Array] {
  const n = history.items.length;
  const start = new Int32Array(n + 1);
  for (const item of history.basketItem) start[item + 1] = at(start, item + 1) + 1;
  for (let item = 0; item < n; item += 1) start[item + 1] = at(start, item + 1) + at(start, item);
  const next = start.slice();
  const baskets = new Int32Array(history.basketItem.length);
  for (let basket = 0; basket < history.basketAt.length; basket += 1) {
    for (const item of itemsOf(history, basket)) {
      baskets[at(next, item)] = basket;
      next[item] = at(next, item) + 1;
    }
  }
  return [start, baskets];
}

function growing() {
  let data = new Float64Array(4096);
  let used = 0;
  return {
    push(value: number) {
      if (used === data.length) {
        const larger = new Float64Array(used * 2);
        larger.set(data);
        data = larger;
      }
      data[used++] = value;
    },
    length: () => used,
    values: () => data.subarray(0, used),
  };
}
