import { createTile } from './simd-tile.ts';

const block = 64;

/** A square symmetric matrix of 32-bit floats, row after row; `stride` numbers a row, the rest is padding. */
export interface SquareMatrix {
  readonly size: number;
  readonly stride: number;
  readonly values: Float32Array;
  readonly memory: WebAssembly.Memory;
}

/** A zero matrix padded to whole blocks, in a memory of its own that also holds the inverse's two panels. */
export function createSquareMatrix(size: number): SquareMatrix {
  const stride = Math.max(block, Math.ceil(size / block) * block);
  const bytes = (stride * stride + 2 * block * stride) * 4;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) });
  return { size, stride, values: new Float32Array(memory.buffer, 0, stride * stride), memory };
}

/**
 * Replaces a symmetric positive definite matrix (only the lower half is read) by its inverse, in place and in both
 * halves. Blocked sweep operator: each block of pivots is a symmetric rank-64 update of the rest, half of n³
 * multiplications in all. Source: Goodnight, "A Tutorial on the SWEEP Operator", The American Statistician 33 (1979).
 * @throws RangeError when a pivot is not positive
 */
export function invertInPlace(matrix: SquareMatrix): void {
  const { stride: n, values: a, memory } = matrix;
  for (let i = matrix.size; i < n; i += 1) a[i * n + i] = 1;
  const panelAt = n * n * 4;
  const productAt = panelAt + block * n * 4;
  const panel = new Float32Array(memory.buffer, panelAt, block * n);
  const product = new Float32Array(memory.buffer, productAt, block * n);
  const pivot = new Float64Array(block * block);
  const row = new Float64Array(n);
  const tile = createTile(memory);
  for (let first = 0; first < n; first += block) {
    copyPanel(a, n, first, panel);
    for (let i = 0; i < block; i += 1)
      for (let j = 0; j < block; j += 1) pivot[i * block + j] = panel[i * n + first + j] ?? 0;
    invertSmall(pivot);
    multiplyPanel(pivot, panel, product, row, n);
    for (let i = 0; i < n; i += 4) {
      if (i >= first && i < first + block) continue;
      for (let j = 0; j <= i + 3; j += 8)
        tile((i * n + j) * 4, n * 4, panelAt + i * 4, productAt + j * 4, n * 4, block);
    }
    writePivots(a, n, first, product, pivot);
  }
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) a[i * n + j] = -(a[i * n + j] ?? 0);
  }
  mirror(a, n);
}

/** Rows `first` to `first + 63` of the whole symmetric matrix, of which only the lower half is kept. */
function copyPanel(a: Float32Array, n: number, first: number, panel: Float32Array): void {
  for (let k = 0; k < block; k += 1) {
    const r = first + k;
    panel.set(a.subarray(r * n, r * n + r + 1), k * n);
  }
  for (let j = first; j < n; j += 1) {
    for (let k = 0; k < block && first + k < j; k += 1) panel[k * n + j] = a[j * n + first + k] ?? 0;
  }
}

function multiplyPanel(
  pivot: Float64Array,
  panel: Float32Array,
  product: Float32Array,
  row: Float64Array,
  n: number,
): void {
  for (let i = 0; i < block; i += 1) {
    row.fill(0);
    for (let k = 0; k < block; k += 1) {
      const factor = pivot[i * block + k] ?? 0;
      for (let j = 0, from = k * n; j < n; j += 1) row[j] = (row[j] ?? 0) + factor * (panel[from + j] ?? 0);
    }
    product.set(row, i * n);
  }
}

function writePivots(a: Float32Array, n: number, first: number, product: Float32Array, pivot: Float64Array): void {
  for (let k = 0; k < block; k += 1) {
    const r = first + k;
    for (let j = 0; j < first; j += 1) a[r * n + j] = product[k * n + j] ?? 0;
    for (let j = 0; j <= k; j += 1) a[r * n + first + j] = -(pivot[k * block + j] ?? 0);
  }
  for (let j = first + block; j < n; j += 1) {
    for (let k = 0; k < block; k += 1) a[j * n + first + k] = product[k * n + j] ?? 0;
  }
}

/** Gauss-Jordan in place; no pivoting is needed for a positive definite block. */
function invertSmall(d: Float64Array): void {
  for (let p = 0; p < block; p += 1) {
    const diagonal = d[p * block + p] ?? 0;
    if (!(diagonal > 0)) throw new RangeError('the matrix is not positive definite');
    const inverse = 1 / diagonal;
    for (let j = 0; j < block; j += 1) d[p * block + j] = (d[p * block + j] ?? 0) * inverse;
    d[p * block + p] = inverse;
    for (let i = 0; i < block; i += 1) {
      if (i === p) continue;
      const factor = d[i * block + p] ?? 0;
      d[i * block + p] = -factor * inverse;
      if (factor === 0) continue;
      for (let j = 0; j < block; j += 1)
        if (j !== p) d[i * block + j] = (d[i * block + j] ?? 0) - factor * (d[p * block + j] ?? 0);
    }
  }
}

function mirror(a: Float32Array, n: number): void {
  for (let bi = 0; bi < n; bi += block) {
    for (let bj = 0; bj <= bi; bj += block) {
      for (let i = bi; i < bi + block; i += 1)
        for (let j = bj; j < bj + block && j < i; j += 1) a[j * n + i] = a[i * n + j] ?? 0;
    }
  }
}
