import {
  assembleModule,
  constant,
  empty,
  end,
  get,
  i32Add,
  loop,
  onWhileBelow,
  set,
  simd,
  unsigned,
  v128,
  type WasmFunction,
} from './wasm-bytes.ts';

/** Adds weighted outer products of rows with themselves, in WebAssembly SIMD; all places in bytes of one memory. */
export interface OuterKernel {
  /**
   * For each row x of `outerLanes(width)` floats and its weight p: sums[f][g] += x[f] × (x[g] × p), the lower half of
   * a matrix of `width` rows, each as long as those that are added (what is right of the diagonal is of no use).
   * @param rowsEnd behind the last row; there is at least one
   * @param weights one float for each row
   */
  addOuter(rows: number, rowsEnd: number, weights: number, sums: number): void;
}

const lanes = 4;
/** Floats of a row of `width` numbers, whole vectors; the rest is padding. */
export const outerLanes = (width: number): number => Math.ceil(width / lanes) * lanes;

const v128Load = 0x00,
  v128Load32Splat = 0x09,
  v128Store = 0x0b,
  f32x4Add = 0xe4,
  f32x4Mul = 0xe6;
const at = (opcode: number, offset: number) => simd(opcode, 0, ...unsigned(offset));

/** All steps of a row one after the other: they are few, and the loops around them would cost more. */
function outerFunction(width: number): WasmFunction {
  const rows = 0,
    rowsEnd = 1,
    weights = 2,
    sums = 3,
    value = 4,
    weighted = 5;
  const vectors = outerLanes(width) / lanes;
  const vectorBytes = lanes * 4;
  const code = [loop, empty, ...get(weights), ...at(v128Load32Splat, 0), ...set(value)];
  for (let k = 0; k < vectors; k += 1)
    code.push(...get(rows), ...at(v128Load, k * vectorBytes), ...get(value), ...simd(f32x4Mul), ...set(weighted + k));
  for (let f = 0; f < width; f += 1) {
    code.push(...get(rows), ...at(v128Load32Splat, f * 4), ...set(value));
    for (let k = 0; k <= Math.floor(f / lanes); k += 1) {
      const place = (f * vectors + k) * vectorBytes;
      code.push(...get(sums), ...get(sums), ...at(v128Load, place), ...get(value), ...get(weighted + k));
      code.push(...simd(f32x4Mul), ...simd(f32x4Add), ...at(v128Store, place));
    }
  }
  code.push(...get(weights), ...constant(4), i32Add, ...set(weights));
  code.push(...onWhileBelow(rows, vectors * vectorBytes, rowsEnd), end);
  return { name: 'addOuter', parameters: 4, returns: false, locals: [[1 + vectors, v128]], code };
}

const compiled = new Map<number, WebAssembly.Module>();

/** Makes the function for rows of `width` numbers in a memory that threads do not share. */
export function createOuterKernel(memory: WebAssembly.Memory, width: number): OuterKernel {
  const module = compiled.get(width) ?? assembleModule([outerFunction(width)], false);
  compiled.set(width, module);
  return new WebAssembly.Instance(module, { e: { m: memory } }).exports as unknown as OuterKernel;
}
