import { at } from './history.ts';

/**
 * Indexes of the `keep` largest values, largest first, ties by lower index. Finds the boundary by selection and
 * sorts only what lies above it: linear in the values.
 */
export function best(values: Float64Array | Float32Array, keep: number): Int32Array {
  const length = values.length;
  if (keep <= 0 || length === 0) return new Int32Array(0);
  const candidates = new Int32Array(length);
  let found = 0;
  if (length <= keep) {
    for (; found < length; found += 1) candidates[found] = found;
  } else {
    const bound = nthLargest(values, keep);
    for (let index = 0; index < length; index += 1) if (at(values, index) >= bound) candidates[found++] = index;
  }
  return candidates
    .subarray(0, found)
    .sort((a, b) => at(values, b) - at(values, a) || a - b)
    .slice(0, keep);
}

/** The value at place `nth` (from 1) of the descending order. Hoare's selection, median of three as pivot. */
function nthLargest(values: Float64Array | Float32Array, nth: number): number {
  const work = Float64Array.from(values);
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
