import { at } from './history.ts';

/** Work room, kept from call to call. */
let places = new Int32Array(4096);
let kept = new Float64Array(4096);
const sample = new Float64Array(128);

/**
 * Indexes of the `keep` largest values, largest first, ties by lower index. A sample tells a floor that hardly more
 * than `keep` values reach; only these are looked at further: linear in the values.
 */
export function best(values: Float64Array | Float32Array, keep: number): Int32Array {
  const length = values.length;
  const wanted = Math.min(keep, length);
  if (wanted <= 0) return new Int32Array(0);
  if (places.length < length) {
    places = new Int32Array(length);
    kept = new Float64Array(length);
  }
  kept.set(values);
  let found = collect(length, guessFloor(length, wanted));
  if (found < wanted) {
    kept.set(values);
    found = collect(length, -Infinity);
  }
  const sorted = kept.slice(0, found);
  // Many are sorted only as far as needed.
  const bound = found > 8 * wanted ? nthLargest(sorted, wanted) : at(sorted.sort(), found - wanted);
  let equal = wanted;
  for (let k = 0; k < found; k += 1) if ((kept[k] ?? 0) > bound) equal -= 1;
  let filled = 0;
  for (let k = 0; filled < wanted; k += 1) {
    const value = kept[k] ?? 0;
    // Of what equals the bound, the first.
    if (value < bound || (value === bound && equal-- <= 0)) continue;
    places[filled] = places[k] ?? 0;
    kept[filled++] = value;
  }
  return inOrder(found > 8 * wanted ? kept.slice(0, wanted).sort() : sorted.subarray(found - wanted));
}

/** The places that were kept, which come ascending, in the order of their values: largest first. */
function inOrder(ascending: Float64Array): Int32Array {
  const { length } = ascending;
  const taken = new Int32Array(length);
  const result = new Int32Array(length);
  for (let k = 0; k < length; k += 1) {
    const value = kept[k] ?? 0;
    // How many are larger: what lies behind the last equal one.
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ascending[middle] ?? 0) > value) high = middle;
      else low = middle + 1;
    }
    const rank = length - low;
    const before = taken[rank] ?? 0;
    taken[rank] = before + 1;
    result[rank + before] = places[k] ?? 0;
  }
  return result;
}

/** A value that a little more than `wanted` values are expected to reach; they may be fewer. */
function guessFloor(length: number, wanted: number): number {
  const share = wanted / length;
  if (share > 0.2 || length < 4 * sample.length) return -Infinity;
  for (let k = 0; k < sample.length; k += 1) sample[k] = kept[Math.floor(((k + 0.5) * length) / sample.length)] ?? 0;
  sample.sort();
  const expected = share * sample.length;
  return at(sample, Math.max(0, sample.length - 1 - Math.ceil(expected + 2 * Math.sqrt(expected) + 1)));
}

/** Keeps the values from a floor on and notes their places. @returns how many */
function collect(length: number, floor: number): number {
  const [room, values] = [places, kept];
  let found = 0;
  for (let index = 0; index < length; index += 1) {
    const value = values[index] ?? 0;
    if (value < floor) continue;
    room[found] = index;
    values[found++] = value;
  }
  return found;
}

/** The value at place `nth` (from 1) of the descending order; reorders `work`. Hoare's selection, median of three as pivot. */
function nthLargest(work: Float64Array, nth: number): number {
  const target = nth - 1;
  let low = 0;
  let high = work.length - 1;
  while (low < high) {
    const pivot = median(at(work, low), at(work, (low + high) >>> 1), at(work, high));
    let left = low;
    let right = high;
    while (left <= right) {
      while (at(work, left) > pivot) left += 1;
      while (at(work, right) < pivot) right -= 1;
      if (left > right) break;
      const moved = at(work, left);
      work[left++] = at(work, right);
      work[right--] = moved;
    }
    if (target <= right) high = right;
    else if (target >= left) low = left;
    else break;
  }
  return at(work, target);
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
