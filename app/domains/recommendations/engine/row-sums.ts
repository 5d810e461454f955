import { createRowKernel, entryBytes, type RowKernel } from './row-kernel.ts';
import { type SquareMatrix, workRoom } from './spd-inverse.ts';

/** Where one thread adds up rows: a sum and the list of what goes into it. */
interface Desk {
  readonly kernel: RowKernel;
  readonly sum: Float32Array;
  readonly places: Int32Array;
  readonly weights: Float32Array;
}

const desks = new WeakMap<WebAssembly.Memory, Desk>();
const rowsInOnePass = 4;

function deskOf(matrix: SquareMatrix): Desk {
  let desk = desks.get(matrix.memory);
  if (desk === undefined) {
    const { memory, stride } = matrix;
    const from = workRoom(matrix, stride * 3);
    desk = {
      kernel: createRowKernel(memory),
      sum: new Float32Array(memory.buffer, from, stride),
      places: new Int32Array(memory.buffer, from + stride * 4, stride * 2),
      weights: new Float32Array(memory.buffer, from + stride * 4, stride * 2),
    };
    desks.set(memory, desk);
  }
  return desk;
}

/**
 * Adds some of a matrix's rows, each times its weight, to `sum`, in 32-bit floats.
 * @param rows different ones
 * @param weights one for each row; 1 for all where it is null
 */
export function addRows(
  matrix: SquareMatrix,
  rows: ArrayLike<number>,
  weights: ArrayLike<number> | null,
  sum: Float32Array,
): void {
  if (rows.length === 0) return;
  const desk = deskOf(matrix);
  const rowBytes = matrix.stride * 4;
  const length = Math.ceil(rows.length / rowsInOnePass) * rowsInOnePass;
  for (let k = 0; k < length; k += 1) {
    desk.places[2 * k] = (rows[k] ?? 0) * rowBytes;
    desk.weights[2 * k + 1] = k >= rows.length ? 0 : weights === null ? 1 : (weights[k] ?? 0);
  }
  desk.sum.set(sum);
  const list = desk.places.byteOffset;
  desk.kernel.addRows(list, list + length * entryBytes, desk.sum.byteOffset, rowBytes);
  sum.set(desk.sum.subarray(0, sum.length));
}
