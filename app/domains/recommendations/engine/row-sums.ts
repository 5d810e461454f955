import type { SquareMatrix } from './spd-inverse.ts';

/**
 * Adds some of a matrix's rows, each times its weight, to `sum`: four rows in one pass, so that the sum is read and
 * written a quarter as often.
 * @param weights one for each row; 1 for all where it is null
 */
export function addRows(
  { values, stride }: SquareMatrix,
  rows: ArrayLike<number>,
  weights: ArrayLike<number> | null,
  sum: Float64Array | Float32Array,
): void {
  const n = sum.length;
  const rowAt = (k: number) => values.subarray((rows[k] ?? 0) * stride, (rows[k] ?? 0) * stride + n);
  const weightAt = (k: number) => (weights === null ? 1 : (weights[k] ?? 0));
  let k = 0;
  for (; k + 4 <= rows.length; k += 4) {
    const [a, b, c, d] = [rowAt(k), rowAt(k + 1), rowAt(k + 2), rowAt(k + 3)];
    const [va, vb, vc, vd] = [weightAt(k), weightAt(k + 1), weightAt(k + 2), weightAt(k + 3)];
    for (let item = 0; item < n; item += 1)
      sum[item] =
        (sum[item] ?? 0) + va * (a[item] ?? 0) + vb * (b[item] ?? 0) + vc * (c[item] ?? 0) + vd * (d[item] ?? 0);
  }
  for (; k < rows.length; k += 1) {
    const row = rowAt(k);
    const weight = weightAt(k);
    for (let item = 0; item < n; item += 1) sum[item] = (sum[item] ?? 0) + weight * (row[item] ?? 0);
  }
}

/** The plain sum of some of a matrix's rows. */
export function sumOfRows(matrix: SquareMatrix, rows: ArrayLike<number>, length: number): Float64Array {
  const sum = new Float64Array(length);
  addRows(matrix, rows, null, sum);
  return sum;
}
