import {
  constant,
  empty,
  end,
  eachOf,
  get,
  i32Add,
  i32Load,
  i32Store,
  i32Sub,
  loop,
  onWhileBelow,
  set,
  tee,
  times4,
} from './wasm-bytes.ts';
import { type LineWidth, loadLine, storeLine, wordsOf } from './line-width.ts';

const shiftLeft = 0x74,
  shiftRight = 0x76,
  f64Add = 0xa0,
  f64FromInt = 0xb7;
const f64Load = [0x2b, 3, 0];
const f64Store = [0x39, 3, 0];

/** The body of `PairKernel.countLines`. */
export function countLinesCode(width: LineWidth): number[] {
  const item = 0,
    itemEnd = 1,
    line = 2,
    holds = 3,
    place = 4;
  return [
    ...[loop, empty, ...get(line), ...get(item), ...i32Load(), ...times4, ...tee(place), ...storeLine(width)],
    ...[...get(place), ...get(holds), i32Add, ...tee(place), ...get(place), ...i32Load(), ...constant(1), i32Add],
    ...[...i32Store(), ...get(line), ...constant(width), i32Add, ...set(line)],
    ...[...onWhileBelow(item, 4, itemEnd), end],
  ];
}

/** The body of `PairKernel.placeHolds`. */
export function placeHoldsCode(width: LineWidth): number[] {
  const basket = 0,
    basketEnd = 1,
    lineStart = 2,
    lineItem = 3,
    next = 4,
    works = 5,
    line = 6,
    lineEnd = 7,
    place = 8,
    number = 9,
    length = 10;
  const lineOf = (offset: number) => [...get(basket), ...i32Load(offset), ...wordsOf(width), ...get(lineItem), i32Add];
  return [
    ...[loop, empty, ...lineOf(0), ...set(line), ...lineOf(4), ...set(lineEnd)],
    ...[...get(basket), ...get(lineStart), i32Sub, ...constant(2), shiftRight, ...set(number)],
    ...[...get(basket), ...i32Load(4), ...get(basket), ...i32Load(), i32Sub, f64FromInt, ...set(length)],
    ...eachOf(
      line,
      width,
      lineEnd,
      [
        ...[...get(next), ...get(line), ...loadLine(width), i32Add, ...tee(place), ...i32Load(), ...get(number)],
        ...[...i32Store(), ...get(place), ...get(place), ...i32Load(), ...constant(4), i32Add, ...i32Store()],
        ...[...get(works), ...get(line), ...loadLine(width), ...constant(1), shiftLeft, i32Add, ...tee(place)],
        ...[...get(place), ...f64Load, ...get(length), f64Add, ...f64Store],
      ],
      width,
    ),
    ...[...onWhileBelow(basket, 4, basketEnd), end],
  ];
}
