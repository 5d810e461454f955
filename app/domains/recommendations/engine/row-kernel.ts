import {
  assembleModule,
  constant,
  empty,
  end,
  get,
  i32,
  i32Add,
  i32Load,
  loop,
  onWhileBelow,
  set,
  simd,
  tee,
  v128,
  when,
} from './wasm-bytes.ts';

/**
 * Work on whole rows of 32-bit floats in WebAssembly SIMD, all places in bytes of one memory; a row's length is
 * a multiple of `rowUnit` bytes.
 */
export interface RowKernel {
  /**
   * Adds weighted rows to `sum`, four in one pass. The list (of a multiple of four entries, at least four) holds for
   * each row its place as a 32-bit number and its weight as a float.
   */
  addRows(list: number, listEnd: number, sum: number, length: number): void;
  /**
   * Turns each value x of a row into log(1 + x × scale), what is not above 0 into 0. `table` is where `loudenTable`
   * lies, the scale in its first place.
   * Within 2 units of the last place: the logarithm of Cephes (`logf`, Moshier), what is lost by adding 1 put back
   * in (Goldberg, "What Every Computer Scientist Should Know About Floating-Point Arithmetic", theorem 4).
   */
  louden(row: number, rowEnd: number, table: number): void;
}

export const rowUnit = 64;
/** Bytes of one entry in the list of `addRows`. */
export const entryBytes = 8;

const v128Load = 0x00,
  v128Load32Splat = 0x09,
  v128Store = 0x0b,
  v128And = 0x4e,
  anyTrue = 0x53,
  f32x4Greater = 0x44,
  i32x4ShiftRight = 0xac,
  i32x4Add = 0xae,
  f32x4Add = 0xe4,
  f32x4Sub = 0xe5,
  f32x4Mul = 0xe6,
  f32x4Div = 0xe7,
  f32x4FromInts = 0xfa,
  f32x4RelaxedMultiplyAdd = 0x105;
const op = (opcode: number) => simd(opcode);
function addRowsCode(): number[] {
  const list = 0,
    listEnd = 1,
    sum = 2,
    length = 3,
    place = 4,
    firstRow = 5,
    firstWeight = 9;
  const takeUp = [0, 1, 2, 3].flatMap((k) => [
    ...[...get(list), ...i32Load(k * entryBytes), ...set(firstRow + k)],
    ...[...get(list), ...simd(v128Load32Splat, 0, k * entryBytes + 4), ...set(firstWeight + k)],
  ]);
  const weighted = (k: number, offset: number) => [
    ...[...get(firstRow + k), ...get(place), i32Add, ...simd(v128Load, 0, offset), ...get(firstWeight + k)],
    ...op(f32x4Mul),
  ];
  const steps = [0, 16, 32, 48].flatMap((offset) => [
    ...[...get(sum), ...get(place), i32Add],
    ...[...get(sum), ...get(place), i32Add, ...simd(v128Load, 0, offset)],
    ...[...weighted(0, offset), ...weighted(1, offset), ...op(f32x4Add)],
    ...[...weighted(2, offset), ...weighted(3, offset), ...op(f32x4Add)],
    ...[...op(f32x4Add), ...op(f32x4Add), ...simd(v128Store, 0, offset)],
  ]);
  return [
    ...[loop, empty, ...takeUp, ...constant(0), ...set(place)],
    ...[loop, empty, ...steps, ...onWhileBelow(place, rowUnit, length), end],
    ...[...onWhileBelow(list, 4 * entryBytes, listEnd), end],
  ];
}

/** Root of 1/2 as the bits of a float: mantissas are taken from there to the root of 2. */
const halfRootBits = 0x3f3504f3;
const oneBits = 0x3f800000;
/** Cephes' `logf`: the polynomial behind m² (m³), highest power first. */
const polynomial = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];
const floatsOfTable = [0, 1, 0.5, -2.1219444e-4, 0.693359375, ...polynomial];
const intsOfTable = [oneBits - halfRootBits, -127, 0x7fffff, halfRootBits];
/** Places in the table. Read from memory, because the engine makes a constant vector in five instructions. */
const [scaleAt, oneAt, halfAt, log2SmallAt, log2LargeAt, polynomialAt] = [0, 1, 2, 3, 4, 5];
const [roundingAt, biasAt, fractionAt, halfRootAt] = [0, 1, 2, 3].map((k) => floatsOfTable.length + k) as [
  number,
  number,
  number,
  number,
];

/** What `louden` reads besides the row; the first place is for the scale. */
export function loudenTable(): Float32Array {
  const table = new Float32Array(floatsOfTable.length + intsOfTable.length);
  table.set(floatsOfTable);
  new Int32Array(table.buffer).set(intsOfTable, floatsOfTable.length);
  return table;
}

function loudenCode(): number[] {
  const row = 0,
    rowEnd = 1,
    table = 2,
    scale = 3,
    value = 4,
    grown = 5,
    scaled = 6,
    bits = 7,
    exponent = 8,
    rest = 9,
    square = 10,
    result = 11;
  const from = (place: number) => [...get(table), ...simd(v128Load32Splat, 0, place * 4)];
  return [
    ...[...from(scaleAt), ...set(scale), loop, empty],
    // Most sources have nothing to say about most items.
    ...[...get(row), ...simd(v128Load, 0, 0), ...tee(value), ...op(anyTrue), when, empty],
    ...[...get(value), ...get(scale), ...op(f32x4Mul), ...tee(scaled)],
    ...[...from(oneAt), ...op(f32x4Add), ...tee(grown), ...from(roundingAt), ...op(i32x4Add), ...tee(bits)],
    ...[...constant(23), ...op(i32x4ShiftRight), ...from(biasAt), ...op(i32x4Add), ...op(f32x4FromInts)],
    ...[...set(exponent), ...get(bits), ...from(fractionAt), ...op(v128And), ...from(halfRootAt), ...op(i32x4Add)],
    ...[...from(oneAt), ...op(f32x4Sub), ...tee(rest), ...get(rest), ...op(f32x4Mul), ...set(square)],
    ...from(polynomialAt),
    ...polynomial
      .slice(1)
      .flatMap((_, k) => [...get(rest), ...from(polynomialAt + 1 + k), ...op(f32x4RelaxedMultiplyAdd)]),
    ...[...get(rest), ...op(f32x4Mul), ...get(square), ...op(f32x4Mul)],
    ...[...get(exponent), ...from(log2SmallAt), ...op(f32x4Mul), ...op(f32x4Add)],
    ...[...get(square), ...from(halfAt), ...op(f32x4Mul), ...op(f32x4Sub)],
    // What adding 1 has lost of the scaled value.
    ...[...get(scaled), ...get(grown), ...from(oneAt), ...op(f32x4Sub), ...op(f32x4Sub), ...get(grown)],
    ...[...op(f32x4Div), ...op(f32x4Add), ...get(rest), ...op(f32x4Add)],
    ...[...get(exponent), ...from(log2LargeAt), ...op(f32x4Mul), ...op(f32x4Add), ...set(result)],
    ...[...get(row), ...get(result), ...get(value), ...get(value), ...get(value), ...op(f32x4Sub)],
    ...[...op(f32x4Greater), ...op(v128And), ...simd(v128Store, 0, 0), end],
    ...[...onWhileBelow(row, 16, rowEnd), end],
  ];
}

const compiled = new Map<boolean, WebAssembly.Module>();

function compile(isShared: boolean): WebAssembly.Module {
  const module = assembleModule(
    [
      {
        name: 'addRows',
        parameters: 4,
        returns: false,
        locals: [
          [5, i32],
          [4, v128],
        ],
        code: addRowsCode(),
      },
      { name: 'louden', parameters: 3, returns: false, locals: [[9, v128]], code: loudenCode() },
    ],
    isShared,
  );
  compiled.set(isShared, module);
  return module;
}

/** Makes the functions for one memory, which threads share or not. */
export function createRowKernel(memory: WebAssembly.Memory): RowKernel {
  const isShared = memory.buffer instanceof SharedArrayBuffer;
  const module = compiled.get(isShared) ?? compile(isShared);
  return new WebAssembly.Instance(module, { e: { m: memory } }).exports as unknown as RowKernel;
}
