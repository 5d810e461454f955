import { siftedBytes } from './rank-code.ts';
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
  loop,
  notGreaterUnsigned,
  notLessUnsigned,
  onWhileBelow,
  select,
  set,
  simd,
  tee,
  times4,
} from './wasm-bytes.ts';

/** The bits of a float that tell bins of the sample apart: exponent and 5 of the fraction. */
const sampleShift = 18;
/** Of so many vectors the sample looks at one. */
export const sampledPart = 8;

const f32Load = [0x2a, 2, 0];
const f32Store = (offset: number) => [0x38, 2, offset];
const shiftLeft = 0x74,
  shiftRight = 0x76,
  i32And = 0x71,
  i32Or = 0x72,
  f32Mul = 0x94,
  f32FromInt = 0xb2;
const v128Load = 0x00,
  splat = 0x11,
  extractLane = 0x1b,
  bitmask = 0xa4,
  notLessLanes = 0x3f,
  f32x4Mul = 0xe6,
  f32x4FromInts = 0xfa;
const memoryFill = [0xfc, 11, 0];
const lanes = [0, 1, 2, 3];

/** Moves `out` on by one entry where the condition on the stack holds. */
const keepIf = (out: number, condition: readonly number[]) => [
  ...[...get(out), ...constant(siftedBytes), ...constant(0), ...condition, select],
  ...[i32Add, ...set(out)],
];

/** count × worth of four items at a place of the row. */
const scores = (counters: number, worth: number, place: number) => [
  ...[...get(counters), ...get(place), i32Add, ...simd(v128Load, 0, 0), ...simd(f32x4FromInts)],
  ...[...get(worth), ...get(place), i32Add, ...simd(v128Load, 0, 0), ...simd(f32x4Mul)],
];

/** The body of `PairKernel.bound`. */
export function boundCode(): number[] {
  const counters = 0,
    worth = 1,
    length = 2,
    bins = 3,
    target = 4,
    place = 5,
    bin = 6,
    highest = 7,
    found = 8,
    score = 9;
  const countLane = (lane: number) => [
    ...[...get(score), ...simd(extractLane, lane), ...constant(sampleShift), shiftRight, ...times4],
    ...[...get(bins), i32Add, ...tee(bin), ...get(bin), ...i32Load(), ...constant(1), i32Add, ...i32Store()],
    ...[...get(bin), ...get(highest), ...get(bin), ...get(highest), greaterUnsigned, select, ...set(highest)],
  ];
  return [
    ...[...get(bins), ...set(highest), loop, empty],
    ...[...scores(counters, worth, place), ...set(score), ...lanes.flatMap(countLane)],
    ...[...onWhileBelow(place, 16 * sampledPart, length), end],
    // From the highest bin down until the sample has enough; what was never bought together is in the lowest.
    ...[...get(highest), ...set(bin), block, empty, loop, empty],
    ...[...get(bin), ...get(bins), notGreaterUnsigned, branchIf, 1],
    ...[...get(found), ...get(bin), ...i32Load(), i32Add, ...tee(found), ...get(target), notLessUnsigned, branchIf, 1],
    ...[...get(bin), ...constant(4), i32Sub, ...set(bin), branch, 0, end, end],
    ...[...get(bins), ...constant(0), ...get(highest), ...constant(4), i32Add, ...get(bins), i32Sub, ...memoryFill],
    ...[...get(bin), ...get(bins), i32Sub, ...constant(sampleShift - 2), shiftLeft],
  ];
}

/**
 * The body of `PairKernel.sift`. First lists the vectors that hold something to keep, then takes them apart: no step
 * depends on a guess of the processor, which would be wrong for every fourth vector.
 */
export function siftCode(): number[] {
  const counters = 0,
    worth = 1,
    length = 2,
    least = 3,
    list = 4,
    out = 5,
    place = 6,
    kept = 7,
    next = 8,
    score = 9,
    leastLanes = 10;
  const keepLane = (lane: number) => [
    ...[...get(out), ...get(place), ...constant(2), shiftRight, ...constant(lane), i32Add, ...i32Store()],
    ...[...get(out), ...get(counters), ...get(place), i32Add, ...i32Load(lane * 4), ...i32Store(4)],
    ...[...get(out), ...get(score), ...simd(extractLane, lane), ...i32Store(8)],
    ...keepIf(out, [...get(kept), ...constant(2 ** lane), i32And]),
  ];
  return [
    ...[...get(least), ...simd(splat), ...set(leastLanes), ...get(list), ...set(next), loop, empty],
    // Floats of at least 0 are in the order of their bits. A place is a multiple of 16, so that the lanes' bits fit in.
    ...[...get(next), ...scores(counters, worth, place), ...get(leastLanes), ...simd(notLessLanes), ...simd(bitmask)],
    ...[...tee(kept), ...get(place), i32Or, ...i32Store()],
    ...[...get(next), ...constant(4), ...constant(0), ...get(kept), select, i32Add, ...set(next)],
    ...[...onWhileBelow(place, 16, length), end],
    ...eachOf(list, 4, next, [
      ...[...get(list), ...i32Load(), ...tee(kept), ...constant(-16), i32And, ...set(place)],
      ...[...scores(counters, worth, place), ...set(score), ...lanes.flatMap(keepLane)],
    ]),
    ...get(out),
  ];
}

/** The body of `PairKernel.siftListed`. */
export function siftListedCode(): number[] {
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
    ...[...get(out), ...get(touched), ...i32Load(), ...tee(item), ...constant(2), shiftRight, ...i32Store()],
    ...[...get(item), ...get(counters), i32Add, ...set(place)],
    ...[...get(out), ...get(place), ...i32Load(), ...tee(count), ...i32Store(4)],
    ...[...get(place), ...constant(0), ...i32Store()],
    ...[...get(out), ...get(count), f32FromInt, ...get(item), ...get(worth), i32Add, ...f32Load, f32Mul],
    ...[...f32Store(8), ...keepIf(out, get(count))],
    ...[...onWhileBelow(touched, 4, touchedEnd), end, ...get(out)],
  ];
}

/** The body of `PairKernel.empty`. */
export const emptyCode = (): number[] => [...get(0), ...constant(0), ...get(1), ...memoryFill];
