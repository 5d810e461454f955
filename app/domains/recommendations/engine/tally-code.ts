import {
  constant,
  eachOf,
  empty,
  end,
  get,
  i32Add,
  i32Load,
  i32Store,
  loop,
  onWhileBelow,
  set,
  tee,
  times4,
} from './wasm-bytes.ts';
import { type LineWidth, loadLine, wordsOf } from './line-width.ts';

const i32Eqz = 0x45;

/** The body of `PairKernel.tally` and, `listed`, of `PairKernel.tallyListed`. */
export function tallyCode(width: LineWidth, listed: boolean): number[] {
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
    ...[...get(touched), ...get(line), ...loadLine(width), ...tee(place), ...i32Store()],
    ...[...get(place), ...get(counters), i32Add, ...tee(place)],
    ...[...get(place), ...i32Load(), ...tee(seen), ...constant(1), i32Add, ...i32Store()],
    ...[...get(touched), ...get(seen), i32Eqz, ...times4, i32Add, ...set(touched)],
  ];
  const countLine = (nth: number) => [
    ...[...get(line), ...loadLine(width, nth * width), ...get(counters), i32Add, ...tee(place)],
    ...[...get(place), ...i32Load(), ...constant(1), i32Add, ...i32Store()],
  ];
  const linePlace = [...wordsOf(width), ...get(lineItem), i32Add];
  return [
    ...[loop, empty],
    ...[...get(hold), ...i32Load(), ...times4, ...get(lineStart), i32Add, ...tee(place)],
    ...[...i32Load(), ...linePlace, ...set(line), ...get(place), ...i32Load(4), ...linePlace, ...set(lineEnd)],
    ...(listed
      ? [loop, empty, ...listLine, ...onWhileBelow(line, width, lineEnd), end]
      : [
          ...eachOf(line, 4 * width, lineEnd, [0, 1, 2, 3].flatMap(countLine), width),
          ...eachOf(line, width, lineEnd, countLine(0), width),
        ]),
    ...[...onWhileBelow(hold, 4, holdEnd), end],
    ...(listed ? get(touched) : []),
  ];
}
