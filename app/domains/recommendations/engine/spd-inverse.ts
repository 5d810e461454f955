import type { Crew, Work } from './crew.ts';
import { sharedInts } from './history.ts';
import { createStrip, stripRows, tileColumns } from './simd-tile.ts';

const block = 128;
/** Columns of one task: their share of a panel stays in the second cache of a core. */
const chunk = 1024;

/** A square symmetric matrix of 32-bit floats, row after row; `stride` numbers a row, the rest is padding. */
export interface SquareMatrix {
  readonly size: number;
  readonly stride: number;
  readonly values: Float32Array;
  readonly memory: WebAssembly.Memory;
  /** words of the inverse's panels that are taken for other work, see `workRoom` */
  readonly taken: Int32Array;
}

/** A zero matrix padded to whole blocks, in a shared memory of its own that also holds the inverse's panels. */
export function createSquareMatrix(size: number): SquareMatrix {
  const stride = Math.max(block, Math.ceil(size / block) * block);
  const bytes = (stride * stride + 3 * block * stride + block * block) * 4;
  const pages = Math.ceil(bytes / 65_536);
  return matrixOn(size, new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }));
}

function matrixOn(size: number, memory: WebAssembly.Memory): SquareMatrix {
  const stride = Math.max(block, Math.ceil(size / block) * block);
  return { size, stride, values: new Float32Array(memory.buffer, 0, stride * stride), memory, taken: sharedInts(1) };
}

/**
 * Room for `words` 32-bit numbers beside an inverted matrix, in its memory, where its panels were: for one thread and
 * as long as the matrix. @returns its place in bytes
 */
export function workRoom({ stride, memory, taken }: SquareMatrix, words: number): number {
  const place = (stride * stride + Atomics.add(taken, 0, words)) * 4;
  if (place + words * 4 > memory.buffer.byteLength) throw new RangeError('too many threads work on one matrix');
  return place;
}

/**
 * Replaces a symmetric positive definite matrix (only the lower half is read) by its inverse, in place and in both
 * halves. Blocked sweep operator: each block of pivots is a symmetric rank-128 update of the rest, half of n³
 * multiplications in all. Every number is computed by one task in one order, so threads change nothing.
 * Source: Goodnight, "A Tutorial on the SWEEP Operator", The American Statistician 33 (1979).
 * @throws RangeError when a pivot is not positive
 */
export function invertInPlace(matrix: SquareMatrix, crew: Crew): void {
  const { stride: n, values: a, size, memory } = matrix;
  for (let i = size; i < n; i += 1) a[i * n + i] = 1;
  const { negativePivot } = layOut(matrix);
  const shift = crew.open(sweepWork, { size, memory });
  const chunks = Math.ceil(n / chunk);
  const blocks = n / block;
  const pivot = new Float64Array(block * block);
  for (let step = 0; step < blocks; step += 1) {
    const first = step * block;
    for (let i = 0; i < block; i += 1)
      for (let j = 0; j <= i; j += 1) pivot[i * block + j] = pivot[j * block + i] = a[(first + i) * n + first + j] ?? 0;
    invertSmall(pivot);
    for (let i = 0; i < block; i += 1)
      for (let k = 0; k < block; k += 1) negativePivot[packed(i, k, stripRows)] = -(pivot[i * block + k] ?? 0);
    shift.run(chunks, step * 3);
    shift.run(chunks * blocks, step * 3 + 1);
  }
  shift.run(blocks, 2);
}

/** Behind the matrix lie the panel in both packings, its product with the pivots, and the pivots. */
function layOut({ stride: n, memory }: SquareMatrix) {
  const part = (from: number, length: number) => new Float32Array(memory.buffer, from * 4, length);
  const panel = block * n;
  return {
    panelByRows: part(n * n, panel),
    panelByColumns: part(n * n + panel, panel),
    product: part(n * n + 2 * panel, panel),
    negativePivot: part(n * n + 3 * panel, block * block),
  };
}

/** Place of line `i` and step `k` in a packing of `width` lines side by side. */
function packed(i: number, k: number, width: number): number {
  return (Math.floor(i / width) * block + k) * width + (i % width);
}

/** Steps: 3 b = panel of block b, a chunk of columns each; 3 b + 1 = update by block b; 2 = both halves. */
export const sweepWork: Work<{ size: number; memory: WebAssembly.Memory }> = {
  kind: 'sweep',
  prepare({ size, memory }) {
    const matrix = matrixOn(size, memory);
    const { stride: n, values: a } = matrix;
    const { panelByRows, panelByColumns, product, negativePivot } = layOut(matrix);
    const strip = createStrip(memory);

    /** The block's rows of the whole symmetric matrix, of which only the lower half is kept, and pivots × them. */
    const makePanel = (first: number, from: number, to: number) => {
      for (let j = from; j < to; j += 1) {
        const row = packed(j, 0, stripRows);
        const column = packed(j, 0, tileColumns);
        for (let k = 0; k < block; k += 1) {
          const r = first + k;
          const value = (r <= j ? a[j * n + r] : a[r * n + j]) ?? 0;
          panelByRows[row + k * stripRows] = value;
          panelByColumns[column + k * tileColumns] = value;
        }
      }
      const begin = packed(from, 0, tileColumns);
      product.fill(0, begin, packed(to, 0, tileColumns));
      for (let i = 0; i < block; i += stripRows) {
        strip(
          product.byteOffset + (begin + i * tileColumns) * 4,
          tileColumns * 4,
          block * tileColumns * 4,
          negativePivot.byteOffset + packed(i, 0, stripRows) * 4,
          panelByColumns.byteOffset + begin * 4,
          block,
          (to - from) / tileColumns,
        );
      }
    };
    /** Subtracts the rank-128 product from the lower half within some rows and columns. */
    const subtract = (rows: number, from: number, to: number) => {
      for (let i = rows; i < rows + block; i += stripRows) {
        const tiles = Math.ceil((Math.min(to, i + stripRows) - from) / tileColumns);
        if (tiles <= 0) continue;
        strip(
          (i * n + from) * 4,
          n * 4,
          tileColumns * 4,
          panelByRows.byteOffset + packed(i, 0, stripRows) * 4,
          product.byteOffset + packed(from, 0, tileColumns) * 4,
          block,
          tiles,
        );
      }
    };
    /** The pivots' own rows: the product, then minus the inverted pivots. */
    const writePivotRows = (first: number, from: number, to: number) => {
      for (let j = from; j < Math.min(to, first); j += 1)
        for (let k = 0; k < block; k += 1) a[(first + k) * n + j] = product[packed(j, k, tileColumns)] ?? 0;
      if (from > first || first >= to) return;
      for (let k = 0; k < block; k += 1)
        for (let j = 0; j <= k; j += 1) a[(first + k) * n + first + j] = negativePivot[packed(k, j, stripRows)] ?? 0;
    };
    const update = (first: number, rows: number, from: number, to: number) => {
      if (rows === first) {
        writePivotRows(first, from, to);
        return;
      }
      subtract(rows, from, Math.min(to, first));
      subtract(rows, Math.max(from, first + block), to);
      if (rows < first || from > first || first >= to) return;
      for (let i = rows; i < rows + block; i += 1)
        for (let k = 0; k < block; k += 1) a[i * n + first + k] = product[packed(i, k, tileColumns)] ?? 0;
    };
    const blocks = n / block;
    return (task, step) => {
      const first = Math.floor(step / 3) * block;
      const columns = (place: number) => [place * chunk, Math.min(n, (place + 1) * chunk)] as const;
      if (step % 3 === 0) makePanel(first, ...columns(task));
      else if (step % 3 === 1) update(first, (task % blocks) * block, ...columns(Math.floor(task / blocks)));
      else finishRows(a, n, task * block);
    };
  },
};

/** Turns the sign of a block of rows and writes it to the upper half too. */
function finishRows(a: Float32Array, n: number, first: number): void {
  for (let left = 0; left <= first; left += block) {
    for (let i = first; i < first + block; i += 1) {
      for (let j = left; j < left + block && j <= i; j += 1) a[j * n + i] = a[i * n + j] = -(a[i * n + j] ?? 0);
    }
  }
}

/** The sweep operator on the lower half, one pivot after the other: none is chosen, the block is positive definite. */
function invertSmall(d: Float64Array): void {
  const line = new Float64Array(block);
  for (let p = 0; p < block; p += 1) {
    const diagonal = d[p * block + p] ?? 0;
    if (!(diagonal > 0)) throw new RangeError('the matrix is not positive definite');
    for (let j = 0; j < block; j += 1) line[j] = (j <= p ? d[p * block + j] : d[j * block + p]) ?? 0;
    for (let i = 0; i < block; i += 1) {
      if (i === p) continue;
      const row = i * block;
      const factor = (line[i] ?? 0) / diagonal;
      for (let j = 0; j <= i; j += 1) d[row + j] = (d[row + j] ?? 0) - factor * (line[j] ?? 0);
      d[Math.max(i, p) * block + Math.min(i, p)] = factor;
    }
    d[p * block + p] = -1 / diagonal;
  }
  for (let i = 0; i < block; i += 1)
    for (let j = 0; j <= i; j += 1) d[i * block + j] = d[j * block + i] = -(d[i * block + j] ?? 0);
}
