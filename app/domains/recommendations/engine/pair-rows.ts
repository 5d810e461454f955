import { at, countItems, type History, pairItemsOf, sharedInts } from './history.ts';

/** What rows of co-purchases are counted from; in shared memory. */
export interface PairSource {
  /** the pair-making items of each basket */
  readonly lineStart: Int32Array;
  readonly lineItem: Int32Array;
  /** the baskets of each item */
  readonly holdStart: Int32Array;
  readonly holdBasket: Int32Array;
  /** in how many baskets each item is */
  readonly counts: Float64Array;
  readonly total: number;
}

/** Some of an item's co-purchases; `length` entries are filled. */
export interface Row {
  readonly length: number;
  readonly item: Int32Array;
  readonly support: Int32Array;
  readonly cosine: Float32Array;
}

/** Turns the history around: which baskets hold an item. */
export function readPairs(history: History): PairSource {
  const n = history.items.length;
  const baskets = history.basketAt.length;
  const lineStart = sharedInts(baskets + 1);
  let longest = 0;
  for (let basket = 0; basket < baskets; basket += 1) {
    const { length } = pairItemsOf(history, basket);
    lineStart[basket + 1] = at(lineStart, basket) + length;
    longest = Math.max(longest, at(history.basketStart, basket + 1) - at(history.basketStart, basket) - length);
  }
  let lineItem = history.basketItem;
  if (longest > 0) {
    lineItem = sharedInts(at(lineStart, baskets));
    for (let basket = 0; basket < baskets; basket += 1)
      lineItem.set(pairItemsOf(history, basket), at(lineStart, basket));
  }
  const holdStart = sharedInts(n + 1);
  for (const item of lineItem) holdStart[item + 1] = at(holdStart, item + 1) + 1;
  for (let item = 0; item < n; item += 1) holdStart[item + 1] = at(holdStart, item + 1) + at(holdStart, item);
  const next = holdStart.slice();
  const holdBasket = sharedInts(lineItem.length);
  for (let basket = 0; basket < baskets; basket += 1) {
    const end = at(lineStart, basket + 1);
    for (let line = at(lineStart, basket); line < end; line += 1) {
      const item = at(lineItem, line);
      const place = at(next, item);
      holdBasket[place] = basket;
      next[item] = place + 1;
    }
  }
  return { lineStart, lineItem, holdStart, holdBasket, counts: countItems(history), total: baskets };
}

/** How many lines stand in an item's baskets, itself included: the work of its row, and a bound for its length. */
export function rowWork({ lineStart, holdStart, holdBasket }: PairSource, item: number): number {
  let work = 0;
  for (let hold = at(holdStart, item); hold < at(holdStart, item + 1); hold += 1) {
    const basket = at(holdBasket, hold);
    work += at(lineStart, basket + 1) - at(lineStart, basket);
  }
  return work;
}

/** A key holds 32 bits of the score and 21 of the item: exact in a double, larger for a higher score, then a lower item. */
const itemRoom = 2 ** 21;

/**
 * Makes a function that counts one item's row: with whom it is bought how often, the `keep` of the highest cosine,
 * best first, ties by lower number. The row is overwritten by the next call.
 */
export function createRowCounter(source: PairSource, keep: number): (item: number) => Row {
  const { counts } = source;
  const n = counts.length;
  const joint = new Int32Array(n);
  const touched = new Int32Array(n + 1);
  const inverseRoot = Float32Array.from(counts, (count) => 1 / Math.sqrt(Math.max(1, count)));
  const score = new Float32Array(1);
  const bits = new Uint32Array(score.buffer);
  const keys = new Float64Array(keep * 2);
  const row = { item: new Int32Array(keep), support: new Int32Array(keep), cosine: new Float32Array(keep) };
  return (item) => {
    const found = countJoint(source, item, joint, touched);
    joint[item] = 0;
    let length = 0;
    // What is not better than the worst of `keep` better ones need not be ranked.
    let floor = 0;
    for (let k = 0; k < found; k += 1) {
      const other = touched[k] ?? 0;
      const value = Math.fround((joint[other] ?? 0) * (inverseRoot[other] ?? 0));
      if (value <= 0 || value < floor) continue;
      score[0] = value;
      keys[length++] = (bits[0] ?? 0) * itemRoom + (itemRoom - 1 - other);
      if (length < keys.length) continue;
      moveLargest(keys, length, keep);
      length = keep;
      let least = Infinity;
      for (let place = 0; place < keep; place += 1) least = Math.min(least, keys[place] ?? 0);
      bits[0] = Math.floor(least / itemRoom);
      floor = score[0] ?? 0;
    }
    const kept = Math.min(keep, length);
    if (kept < length) moveLargest(keys, length, kept);
    const best = keys.subarray(0, kept).sort();
    const own = at(counts, item);
    for (let k = 0; k < kept; k += 1) {
      const key = best[kept - 1 - k] ?? 0;
      const other = itemRoom - 1 - (key - Math.floor(key / itemRoom) * itemRoom);
      const support = joint[other] ?? 0;
      row.item[k] = other;
      row.support[k] = support;
      row.cosine[k] = support / Math.sqrt(own * at(counts, other));
    }
    for (let k = 0; k < found; k += 1) joint[touched[k] ?? 0] = 0;
    return { length: kept, ...row };
  };
}

/**
 * Adds up in `joint` how often each item is in a basket with this one, and lists in `touched` which they are.
 * The list is written without a branch: whether an item is new is not predictable.
 */
function countJoint(
  { lineStart, lineItem, holdStart, holdBasket }: PairSource,
  item: number,
  joint: Int32Array,
  touched: Int32Array,
): number {
  let found = 0;
  const lastHold = holdStart[item + 1] ?? 0;
  for (let hold = holdStart[item] ?? 0; hold < lastHold; hold += 1) {
    const basket = holdBasket[hold] ?? 0;
    const end = lineStart[basket + 1] ?? 0;
    for (let line = lineStart[basket] ?? 0; line < end; line += 1) {
      const other = lineItem[line] ?? 0;
      const seen = joint[other] ?? 0;
      touched[found] = other;
      found += (seen - 1) >>> 31;
      joint[other] = seen + 1;
    }
  }
  return found;
}

/** Moves the `count` largest of the first `length` different numbers to the front. Hoare's selection. */
function moveLargest(values: Float64Array, length: number, count: number): void {
  const target = count - 1;
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const a = values[low] ?? 0;
    const b = values[(low + high) >>> 1] ?? 0;
    const c = values[high] ?? 0;
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] ?? 0) > pivot) left += 1;
      while ((values[right] ?? 0) < pivot) right -= 1;
      if (left > right) break;
      const moved = values[left] ?? 0;
      values[left++] = values[right] ?? 0;
      values[right--] = moved;
    }
    if (target <= right) high = right;
    else if (target >= left) low = left;
    else break;
  }
}
