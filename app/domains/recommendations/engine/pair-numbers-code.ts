import { itemRoom } from './rank-code.ts';
import {
  constant,
  get,
  i32Add,
  i32Load,
  i32Store,
  i32Sub,
  empty,
  end,
  loop,
  greaterUnsigned,
  branchIf,
  select,
  lessUnsigned,
  set,
  tee,
  times4,
} from './wasm-bytes.ts';

/** Supports whose logarithms and shrinkages lie in tables. */
export const tabledSupports = 1024;

const shiftLeft = 0x74,
  i32And = 0x71,
  i32Xor = 0x73,
  i32FromI64 = 0xa7,
  i64FromF64 = 0xb0,
  f64FromInt = 0xb7,
  f64Sqrt = 0x9f,
  f64Add = 0xa0,
  f64Sub = 0xa1,
  f64Mul = 0xa2,
  f64Div = 0xa3,
  f64Greater = 0x64,
  f32FromF64 = 0xb6;
const f64Load = (offset = 0) => [0x2b, 3, offset];
const f32Store = [0x38, 2, 0];
const f64Zero = [0x44, 0, 0, 0, 0, 0, 0, 0, 0];

/**
 * The body of `PairKernel.write`. In 64 bits, each operation as JavaScript does it in `neighbours.ts`, so that it
 * makes no difference where a pair's numbers are computed.
 */
export function writeCode(): number[] {
  const own = 0,
    from = 1,
    key = 2,
    supports = 3,
    counts = 4,
    logs = 5,
    numbers = 6,
    shrinks = 7,
    outItem = 8,
    outSupport = 9,
    outCosine = 10,
    outLift = 11,
    other = 12,
    support = 13,
    tabled = 14,
    ownCount = 15,
    base = 16,
    log = 17;
  const onBy4 = (local: number) => [...get(local), ...constant(4), i32Add, ...set(local)];
  const doubleOf = (table: number, place: number) => [...get(table), ...get(place), i32Add, ...f64Load()];
  return [
    ...[...doubleOf(counts, own), ...set(ownCount)],
    // The logarithm of all baskets stands before those of the items.
    ...[...get(logs), ...f64Load(), ...get(logs), ...get(own), i32Add, ...f64Load(8), f64Sub, ...set(base)],
    ...[loop, empty, ...get(key), ...constant(8), i32Sub, ...tee(key), ...f64Load(), i64FromF64, i32FromI64],
    ...[...constant(-1), i32Xor, ...constant(itemRoom - 1), i32And, ...tee(other), ...set(tabled)],
    ...[...get(outItem), ...get(other), ...i32Store()],
    ...[
      ...get(outSupport),
      ...get(supports),
      ...get(other),
      ...times4,
      i32Add,
      ...i32Load(),
      ...tee(support),
      ...i32Store(),
    ],
    ...[...get(other), ...constant(3), shiftLeft, ...set(other)],
    ...[...get(outCosine), ...get(support), f64FromInt, ...get(ownCount), ...doubleOf(counts, other), f64Mul, f64Sqrt],
    ...[f64Div, f32FromF64, ...f32Store],
    ...[
      ...get(support),
      ...constant(tabledSupports - 1),
      ...get(support),
      ...constant(tabledSupports - 1),
      lessUnsigned,
    ],
    ...[select, ...constant(3), shiftLeft, ...set(tabled)],
    ...[...get(outLift), ...get(base), ...doubleOf(numbers, tabled), f64Add],
    ...[...get(logs), ...get(other), i32Add, ...f64Load(8), f64Sub, ...tee(log), ...doubleOf(shrinks, tabled), f64Mul],
    ...[...f64Zero, ...get(log), ...f64Zero, f64Greater, select, f32FromF64, ...f32Store],
    ...[outItem, outSupport, outCosine, outLift].flatMap(onBy4),
    ...[...get(key), ...get(from), greaterUnsigned, branchIf, 0, end],
  ];
}
