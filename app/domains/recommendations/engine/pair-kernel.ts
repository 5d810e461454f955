import { rankCode, settleCode, siftedBytes } from './rank-code.ts';
import {
  assembleModule,
  constant,
  eachOf,
  empty,
  end,
  f64,
  get,
  i32,
  i32Add,
  i32Load,
  i32Store,
  loop,
  onWhileBelow,
  select,
  set,
  simd,
  tee,
  times4,
  v128,
  when,
} from './wasm-bytes.ts';

/**
 * Counts one item's co-purchases in WebAssembly, all places in bytes of one shared memory. A row of counters (one
 * 32-bit number an item) stays in the nearest caches; nothing there is checked or branched on.
 */
export interface PairKernel {
  /** Adds 1 to the counter of every line of the baskets listed from `hold` to `holdEnd` (at least one). */
  tally(hold: number, holdEnd: number, lineStart: number, lineItem: number, counters: number): void;
  /** The same, and lists each item once from `touched` on. @returns the list's end */
  tallyListed(
    hold: number,
    holdEnd: number,
    lineStart: number,
    lineItem: number,
    counters: number,
    touched: number,
  ): number;
  /**
   * Empties `length` bytes of counters (a multiple of 16) and writes what they held from `out` on: item, count and
   * count × `worth` of the item as a float, 12 bytes each, items ascending. @returns their end
   */
  sift(counters: number, worth: number, length: number, out: number): number;
  /** The same for the counters of the items listed from `touched` to `touchedEnd` (at least one), in their order. */
  siftListed(counters: number, worth: number, touched: number, touchedEnd: number, out: number): number;
  /**
   * Of what was sifted (`from` to `to`), keeps the `keep` of the highest score and a few more that share their bin:
   * writes a key for each from `keys` on, as doubles, bin after bin, and each item's count to its place from
   * `supports` on. `bins` are `binCount` zeroes before and after; behind the keys there is room for one more.
   * @returns the end of the keys
   */
  rank(from: number, to: number, keep: number, bins: number, keys: number, supports: number): number;
  /** Sorts keys ascending that are nearly so. */
  settle(keys: number, keysEnd: number): void;
}

const f32Load = [0x2a, 2, 0];
const f32Store = (offset: number) => [0x38, 2, offset];
const i32Eqz = 0x45,
  shiftRight = 0x76,
  f32Mul = 0x94,
  f32FromInt = 0xb2;
const v128Load = 0x00,
  v128Store = 0x0b,
  extractLane = 0x1b,
  anyTrue = 0x53,
  f32x4Mul = 0xe6,
  f32x4FromInts = 0xfa;

/** Moves `out` on by one entry where the value of a local is not 0. */
const keepIfAny = (out: number, value: number) => [
  ...[...get(out), ...constant(siftedBytes), ...constant(0), ...get(value), select],
  ...[i32Add, ...set(out)],
];

function tallyCode(listed: boolean): number[] {
  const hold = 0,
    holdEnd = 1,
    lineStart = 2,
    lineItem = 3,
    counters = 4,
    touched = 5,
    first = listed ? 6 : 5;
  const line = first,
    lineEnd = first + 1,
    place = first + 2,
    seen = first + 3;
  const listLine = [
    ...[...get(touched), ...get(line), ...i32Load(), ...tee(place), ...i32Store()],
    ...[...get(place), ...times4, ...get(counters), i32Add, ...tee(place)],
    ...[...get(place), ...i32Load(), ...tee(seen), ...constant(1), i32Add, ...i32Store()],
    ...[...get(touched), ...get(seen), i32Eqz, ...times4, i32Add, ...set(touched)],
  ];
  const countLine = (offset: number) => [
    ...[...get(line), ...i32Load(offset), ...times4, ...get(counters), i32Add, ...tee(place)],
    ...[...get(place), ...i32Load(), ...constant(1), i32Add, ...i32Store()],
  ];
  return [
    ...[loop, empty],
    ...[...get(hold), ...i32Load(), ...times4, ...get(lineStart), i32Add, ...tee(place)],
    ...[...i32Load(), ...times4, ...get(lineItem), i32Add, ...set(line)],
    ...[...get(place), ...i32Load(4), ...times4, ...get(lineItem), i32Add, ...set(lineEnd)],
    ...(listed
      ? [loop, empty, ...listLine, ...onWhileBelow(line, 4, lineEnd), end]
      : [...eachOf(line, 16, lineEnd, [0, 4, 8, 12].flatMap(countLine)), ...eachOf(line, 4, lineEnd, countLine(0))]),
    ...[...onWhileBelow(hold, 4, holdEnd), end],
    ...(listed ? get(touched) : []),
  ];
}

function siftCode(): number[] {
  const counters = 0,
    worth = 1,
    length = 2,
    out = 3,
    place = 4,
    count = 5,
    held = 6,
    score = 7,
    zero = 8;
  const lanes = [0, 1, 2, 3].flatMap((lane) => [
    ...[...get(out), ...get(place), ...constant(2), shiftRight, ...constant(lane), i32Add, ...i32Store()],
    ...[...get(out), ...get(held), ...simd(extractLane, lane), ...tee(count), ...i32Store(4)],
    ...[...get(out), ...get(score), ...simd(extractLane, lane), ...i32Store(8)],
    ...keepIfAny(out, count),
  ]);
  return [
    ...[loop, empty],
    ...[...get(counters), ...get(place), i32Add, ...simd(v128Load, 0, 0), ...tee(held)],
    ...[...simd(anyTrue), when, empty],
    ...[...get(counters), ...get(place), i32Add, ...get(zero), ...simd(v128Store, 0, 0)],
    ...[...get(held), ...simd(f32x4FromInts), ...get(worth), ...get(place), i32Add, ...simd(v128Load, 0, 0)],
    ...[...simd(f32x4Mul), ...set(score), ...lanes, end],
    ...[...onWhileBelow(place, 16, length), end, ...get(out)],
  ];
}

function siftListedCode(): number[] {
  const counters = 0,
    worth = 1,
    touched = 2,
    touchedEnd = 3,
    out = 4,
    item = 5,
    place = 6,
    count = 7;
  return [
    ...[loop, empty],
    ...[...get(out), ...get(touched), ...i32Load(), ...tee(item), ...i32Store()],
    ...[...get(item), ...times4, ...tee(item), ...get(counters), i32Add, ...set(place)],
    ...[...get(out), ...get(place), ...i32Load(), ...tee(count), ...i32Store(4)],
    ...[...get(place), ...constant(0), ...i32Store()],
    ...[...get(out), ...get(count), f32FromInt, ...get(item), ...get(worth), i32Add, ...f32Load, f32Mul],
    ...[...f32Store(8), ...keepIfAny(out, count)],
    ...[...onWhileBelow(touched, 4, touchedEnd), end, ...get(out)],
  ];
}

let compiled: WebAssembly.Module | null = null;

/** Makes the functions for one shared memory. */
export function createPairKernel(memory: WebAssembly.Memory): PairKernel {
  compiled ??= assembleModule([
    { name: 'tally', parameters: 5, returns: false, locals: [[3, i32]], code: tallyCode(false) },
    { name: 'tallyListed', parameters: 6, returns: true, locals: [[4, i32]], code: tallyCode(true) },
    {
      name: 'sift',
      parameters: 4,
      returns: true,
      locals: [
        [2, i32],
        [3, v128],
      ],
      code: siftCode(),
    },
    { name: 'siftListed', parameters: 5, returns: true, locals: [[3, i32]], code: siftListedCode() },
    { name: 'rank', parameters: 6, returns: true, locals: [[8, i32]], code: rankCode() },
    {
      name: 'settle',
      parameters: 2,
      returns: false,
      locals: [
        [2, i32],
        [1, f64],
      ],
      code: settleCode(),
    },
  ]);
  return new WebAssembly.Instance(compiled, { e: { m: memory } }).exports as unknown as PairKernel;
}
