/**
 * The inner loop of the matrix inverse as a WebAssembly module with 128-bit SIMD, assembled here because a build
 * step for 200 bytes would cost more than it explains:
 *
 *   tile(c, cStride, p, w, stride, k):  C[4 x 8] -= transpose(P)[4 x k] * W[k x 8]     (32-bit floats)
 *
 * Opcodes: WebAssembly core specification 2.0, binary format, vector instructions.
 */
export type Tile = (c: number, cStride: number, p: number, w: number, stride: number, k: number) => void;

const v128Load = 0x00,
  v128Load32Splat = 0x09,
  v128Store = 0x0b,
  f32x4Add = 0xe4,
  f32x4Sub = 0xe5,
  f32x4Mul = 0xe6;
const localGet = 0x20,
  localSet = 0x21,
  localTee = 0x22,
  i32Add = 0x6a,
  i32Sub = 0x6b,
  branchIf = 0x0d,
  loop = 0x03,
  end = 0x0b;
const rows = 4;
/** v128 locals behind the six parameters: eight accumulators, two columns of W, one splat of P */
const firstColumn = 14,
  secondColumn = 15,
  splat = 16;
const accumulator = (row: number, half: number) => 6 + row * 2 + half;

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}
const simd = (opcode: number, ...immediate: number[]) => [0xfd, ...unsigned(opcode), ...immediate];
const get = (local: number) => [localGet, local];
const set = (local: number) => [localSet, local];
const list = (parts: readonly (readonly number[])[]) => [...unsigned(parts.length), ...parts.flat()];
const section = (id: number, bytes: readonly number[]) => [id, ...unsigned(bytes.length), ...bytes];
const named = (text: string) => [...unsigned(text.length), ...[...text].map((letter) => letter.charCodeAt(0))];

function body(): number[] {
  const code = [
    loop,
    0x40,
    ...get(3),
    ...simd(v128Load, 0, 0),
    ...set(firstColumn),
    ...get(3),
    ...simd(v128Load, 0, 16),
    ...set(secondColumn),
  ];
  for (let row = 0; row < rows; row += 1) {
    code.push(...get(2), ...simd(v128Load32Splat, 0, row * 4), ...set(splat));
    for (const half of [0, 1]) {
      const sum = accumulator(row, half);
      code.push(
        ...get(sum),
        ...get(splat),
        ...get(firstColumn + half),
        ...simd(f32x4Mul),
        ...simd(f32x4Add),
        ...set(sum),
      );
    }
  }
  for (const pointer of [2, 3]) code.push(...get(pointer), ...get(4), i32Add, ...set(pointer));
  code.push(...get(5), 0x41, 1, i32Sub, localTee, 5, branchIf, 0, end);
  for (let row = 0; row < rows; row += 1) {
    for (const half of [0, 1]) {
      code.push(
        ...get(0),
        ...get(0),
        ...simd(v128Load, 0, half * 16),
        ...get(accumulator(row, half)),
        ...simd(f32x4Sub),
        ...simd(v128Store, 0, half * 16),
      );
    }
    code.push(...get(0), ...get(1), i32Add, ...set(0));
  }
  return [...list([[11, 0x7b]]), ...code, end];
}

/** Makes the function for one memory. Offsets and strides are in bytes, `k` is at least 1. */
export function createTile(memory: WebAssembly.Memory): Tile {
  const code = body();
  const bytes = new Uint8Array([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, list([[0x60, 6, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0]])),
    ...section(2, list([[...named('e'), ...named('m'), 2, 0, 1]])),
    ...section(3, list([[0]])),
    ...section(7, list([[...named('tile'), 0, 0]])),
    ...section(10, list([[...unsigned(code.length), ...code]])),
  ]);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: { m: memory } });
  return instance.exports['tile'] as Tile;
}
