import {
  assembleModule,
  branchIf,
  constant,
  empty,
  end,
  f64,
  get,
  i32,
  i32Add,
  i32Sub,
  loop,
  set,
  simd,
  tee,
  v128,
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

/** A key holds 32 bits of the score and 21 of the item: exact in a double, larger for a higher score, then a lower item. */
export const itemRoom = 2 ** 21;
/** The bits of a float that tell bins of scores apart: exponent and 7 of the fraction. */
const binShift = 16;
export const binCount = 2 ** (31 - binShift);

/** Bytes that one item takes in what `sift` writes. */
export const siftedBytes = 12;

const i32Load = (offset = 0) => [0x28, 2, offset];
const i32Store = (offset = 0) => [0x36, 2, offset];
const f32Load = [0x2a, 2, 0];
const f32Store = (offset: number) => [0x38, 2, offset];
const i32Eqz = 0x45,
  lessUnsigned = 0x49,
  notEqual = 0x47,
  notGreaterUnsigned = 0x4d,
  shiftLeft = 0x74,
  shiftRight = 0x76,
  f32Mul = 0x94,
  f32FromInt = 0xb2,
  f64FromUnsigned = 0xb8,
  f64Add = 0xa0,
  f64Sub = 0xa1,
  f64Mul = 0xa2,
  f64NotGreater = 0x65,
  select = 0x1b,
  greaterUnsigned = 0x4b,
  notLessUnsigned = 0x4f,
  block = 0x02,
  branch = 0x0c,
  when = 0x04;
const f64Store = [0x39, 3, 0];
const f64Load = (offset: number) => [0x2b, 3, offset];
const memoryFill = [0xfc, 11, 0];
const f64Constant = (value: number) => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)];
const v128Load = 0x00,
  v128Store = 0x0b,
  extractLane = 0x1b,
  anyTrue = 0x53,
  f32x4Mul = 0xe6,
  f32x4FromInts = 0xfa;

const times4 = [...constant(2), shiftLeft];
/** Does `step` for each `by` bytes from a pointer to its bound as long as so many are left. */
const eachOf = (local: number, by: number, bound: number, step: readonly number[]) => [
  ...[block, empty, loop, empty],
  ...[...get(local), ...constant(by - 4), i32Add, ...get(bound), notLessUnsigned, branchIf, 1],
  ...[...step, ...get(local), ...constant(by), i32Add, ...set(local), branch, 0, end, end],
];
/** Adds to a pointer and goes on with the innermost loop while it is below another. */
const onWhileBelow = (local: number, by: number, bound: number) => [
  ...[...get(local), ...constant(by), i32Add, ...tee(local)],
  ...[...get(bound), lessUnsigned, branchIf, 0],
];
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

function rankCode(): number[] {
  const from = 0,
    to = 1,
    keep = 2,
    bins = 3,
    keys = 4,
    supports = 5,
    entry = 6,
    place = 7,
    highest = 8,
    lowest = 9,
    bound = 10,
    keysEnd = 11,
    item = 12,
    score = 13;
  const binOfScore = [...constant(binShift), shiftRight, ...times4, ...get(bins), i32Add];
  const least = (local: number) => [...get(place), ...get(local), ...get(place), ...get(local)];
  const stepDown = (local: number) => [...get(local), ...constant(4), i32Sub, ...set(local)];
  const countBins = [
    ...[...get(entry), ...i32Load(8), ...binOfScore, ...tee(place), ...get(place), ...i32Load()],
    ...[...constant(1), i32Add, ...i32Store()],
    ...[...least(highest), greaterUnsigned, select, ...set(highest)],
    ...[...least(lowest), lessUnsigned, select, ...set(lowest)],
  ];
  const placeKey = [
    ...[...get(entry), ...i32Load(8), ...tee(score), ...binOfScore, ...tee(place)],
    ...[...get(place), ...i32Load(), ...constant(8), i32Sub, ...i32Store()],
    ...[...get(entry), ...i32Load(), ...tee(item), ...times4, ...get(supports), i32Add],
    ...[...get(entry), ...i32Load(4), ...i32Store()],
    // What is not kept is written behind the keys.
    ...[...get(place), ...i32Load(), ...get(keysEnd), ...get(place), ...get(bound), notLessUnsigned, select],
    ...[...get(score), f64FromUnsigned, ...f64Constant(itemRoom), f64Mul],
    ...[...f64Constant(itemRoom - 1), f64Add, ...get(item), f64FromUnsigned, f64Sub],
    ...f64Store,
  ];
  return [
    ...[...get(to), ...get(from), notEqual, when, empty],
    ...[...get(bins), ...set(highest), ...constant(-1), ...set(lowest)],
    ...[...get(from), ...set(entry), ...eachOf(entry, siftedBytes, to, countBins)],
    // From the highest bin down until there are enough, at most to the lowest.
    ...[...get(highest), ...set(bound), ...get(keys), ...set(keysEnd)],
    ...[block, empty, loop, empty],
    ...[...get(keysEnd), ...get(bound), ...i32Load(), ...constant(3), shiftLeft, i32Add, ...tee(keysEnd)],
    ...[...get(keys), i32Sub, ...get(keep), ...constant(3), shiftLeft, notLessUnsigned, branchIf, 1],
    ...[...get(bound), ...get(lowest), notGreaterUnsigned, branchIf, 1, ...stepDown(bound), branch, 0, end, end],
    // The bins now tell where their keys end: the highest bin's are the last.
    ...[...get(highest), ...set(entry), ...get(keysEnd), ...set(score), loop, empty],
    ...[...get(entry), ...i32Load(), ...set(item), ...get(entry), ...get(score), ...i32Store()],
    ...[...get(score), ...get(item), ...constant(3), shiftLeft, i32Sub, ...set(score), ...stepDown(entry)],
    ...[...get(entry), ...get(bound), notLessUnsigned, branchIf, 0, end],
    ...[...get(from), ...set(entry), ...eachOf(entry, siftedBytes, to, placeKey)],
    ...[...get(lowest), ...constant(0), ...get(highest), ...constant(4), i32Add, ...get(lowest), i32Sub],
    ...[...memoryFill, ...get(keysEnd), ...set(keys), end, ...get(keys)],
  ];
}

/** Insertion: few keys of one bin stand in the wrong order, those of the same score never where items came ascending. */
function settleCode(): number[] {
  const keys = 0,
    keysEnd = 1,
    next = 2,
    place = 3,
    key = 4;
  return [
    ...[...get(keys), ...set(next)],
    ...eachOf(next, 8, keysEnd, [
      ...[...get(next), ...tee(place), ...f64Load(0), ...set(key)],
      ...[block, empty, loop, empty, ...get(place), ...get(keys), notGreaterUnsigned, branchIf, 1],
      ...[...get(place), ...constant(8), i32Sub, ...f64Load(0), ...get(key), f64NotGreater, branchIf, 1],
      ...[...get(place), ...get(place), ...constant(8), i32Sub, ...tee(place), ...f64Load(0), ...f64Store],
      ...[branch, 0, end, end, ...get(place), ...get(key), ...f64Store],
    ]),
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
