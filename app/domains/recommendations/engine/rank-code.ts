import {
  block,
  branch,
  branchIf,
  constant,
  eachOf,
  empty,
  end,
  get,
  greaterUnsigned,
  i32Add,
  i32Load,
  i32Store,
  i32Sub,
  lessUnsigned,
  loop,
  notGreaterUnsigned,
  notLessUnsigned,
  select,
  set,
  tee,
  times4,
  when,
} from './wasm-bytes.ts';

/** A key holds 32 bits of the score and 21 of the item: exact in a double, larger for a higher score, then a lower item. */
export const itemRoom = 2 ** 21;
/** The bits of a float that tell bins of scores apart: exponent and 7 of the fraction. */
const binShift = 16;
export const binCount = 2 ** (31 - binShift);

/** Bytes that one item takes in what `sift` writes. */
export const siftedBytes = 12;

const notEqual = 0x47,
  f64NotGreater = 0x65,
  shiftLeft = 0x74,
  shiftRight = 0x76,
  f64Add = 0xa0,
  f64Sub = 0xa1,
  f64Mul = 0xa2,
  f64FromUnsigned = 0xb8;
const f64Load = [0x2b, 3, 0];
const f64Store = [0x39, 3, 0];
const memoryFill = [0xfc, 11, 0];
const f64Constant = (value: number) => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)];

/** The body of `PairKernel.rank`. */
export function rankCode(): number[] {
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

/** The body of `PairKernel.settle`. Insertion: few keys of one bin stand in the wrong order, those of the same score never where items came ascending. */
export function settleCode(): number[] {
  const keys = 0,
    keysEnd = 1,
    next = 2,
    place = 3,
    key = 4;
  return [
    ...[...get(keys), ...set(next)],
    ...eachOf(next, 8, keysEnd, [
      ...[...get(next), ...tee(place), ...f64Load, ...set(key)],
      ...[block, empty, loop, empty, ...get(place), ...get(keys), notGreaterUnsigned, branchIf, 1],
      ...[...get(place), ...constant(8), i32Sub, ...f64Load, ...get(key), f64NotGreater, branchIf, 1],
      ...[...get(place), ...get(place), ...constant(8), i32Sub, ...tee(place), ...f64Load, ...f64Store],
      ...[branch, 0, end, end, ...get(place), ...get(key), ...f64Store],
    ]),
  ];
}
