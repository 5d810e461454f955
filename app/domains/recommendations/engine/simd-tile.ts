import {
  assembleModule,
  branchIf,
  constant,
  empty,
  end,
  get,
  i32,
  i32Add,
  i32Sub,
  localTee,
  loop,
  set,
  simd,
  v128,
} from './wasm-bytes.ts';

/**
 * The inner loop of the matrix inverse as a WebAssembly module with 128-bit SIMD, assembled here because a build
 * step for 300 bytes would cost more than it explains:
 *
 *   strip(c, rowStep, tileStep, p, w, k, tiles):  for each tile of 8 columns  C[4 x 8] -= P[4 x k] * W[k x 8]
 *
 * P and W are packed (4 rows and 8 columns of one k side by side), so that all is read in the order of memory:
 * in a square matrix the rows of one column fall on the same few cache lines. Multiplies and adds in one instruction
 * where the processor has one (`relaxed_madd`, WebAssembly 3.0): all 64-bit ones of the last ten years.
 */
export type Strip = (
  c: number,
  rowStep: number,
  tileStep: number,
  p: number,
  w: number,
  k: number,
  tiles: number,
) => void;

export const stripRows = 4;
export const tileColumns = 8;

const v128Load = 0x00,
  v128Load32Splat = 0x09,
  v128Store = 0x0b,
  f32x4Sub = 0xe5,
  f32x4RelaxedMultiplyAdd = 0x105;
/** parameters, then three i32 locals, then v128: eight accumulators, two columns of W, one splat of P, a zero */
const c = 0,
  rowStep = 1,
  tileStep = 2,
  p = 3,
  w = 4,
  k = 5,
  tiles = 6,
  pNow = 7,
  left = 8,
  cNow = 9,
  firstAccumulator = 10,
  firstColumn = 18,
  splat = 20,
  zero = 21;
const accumulator = (row: number, half: number) => firstAccumulator + row * 2 + half;
/** steps of k in one turn of the inner loop; divides every k that is passed */
const unrolled = 4;

const advance = (local: number, by: readonly number[]) => [...get(local), ...by, i32Add, ...set(local)];
const countDown = (local: number, by: number) => [...get(local), ...constant(by), i32Sub, localTee, local, branchIf, 0];

function innerStep(turn: number): number[] {
  const code: number[] = [];
  for (const half of [0, 1])
    code.push(...get(w), ...simd(v128Load, 0, turn * 32 + half * 16), ...set(firstColumn + half));
  for (let row = 0; row < stripRows; row += 1) {
    code.push(...get(pNow), ...simd(v128Load32Splat, 0, turn * 16 + row * 4), ...set(splat));
    for (const half of [0, 1]) {
      const sum = accumulator(row, half);
      code.push(...get(splat), ...get(firstColumn + half), ...get(sum), ...simd(f32x4RelaxedMultiplyAdd), ...set(sum));
    }
  }
  return code;
}

function body(): number[] {
  const code = [loop, empty];
  for (let sum = 0; sum < 8; sum += 1) code.push(...get(zero), ...set(firstAccumulator + sum));
  code.push(...get(p), ...set(pNow), ...get(k), ...set(left), ...get(c), ...set(cNow), loop, empty);
  for (let turn = 0; turn < unrolled; turn += 1) code.push(...innerStep(turn));
  code.push(...advance(w, constant(unrolled * 32)), ...advance(pNow, constant(unrolled * 16)));
  code.push(...countDown(left, unrolled), end);
  for (let row = 0; row < stripRows; row += 1) {
    for (const half of [0, 1]) {
      code.push(...get(cNow), ...get(cNow), ...simd(v128Load, 0, half * 16), ...get(accumulator(row, half)));
      code.push(...simd(f32x4Sub), ...simd(v128Store, 0, half * 16));
    }
    code.push(...advance(cNow, get(rowStep)));
  }
  code.push(...advance(c, get(tileStep)), ...countDown(tiles, 1), end);
  return code;
}

let compiled: WebAssembly.Module | null = null;

/** Makes the function for one shared memory. Places and steps are in bytes; `k` is a multiple of 4, `tiles` at least 1. */
export function createStrip(memory: WebAssembly.Memory): Strip {
  compiled ??= assembleModule([
    {
      name: 'strip',
      parameters: 7,
      returns: false,
      locals: [
        [3, i32],
        [12, v128],
      ],
      code: body(),
    },
  ]);
  const instance = new WebAssembly.Instance(compiled, { e: { m: memory } });
  return instance.exports['strip'] as Strip;
}
