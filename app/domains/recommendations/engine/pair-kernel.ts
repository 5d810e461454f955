import { writeCode } from './pair-numbers-code.ts';
import { rankCode, settleCode } from './rank-code.ts';
import { boundCode, emptyCode, siftCode, siftListedCode } from './sift-code.ts';
import { countLinesCode, placeHoldsCode } from './turn-code.ts';
import { tallyCode } from './tally-code.ts';
import { type LineWidth, lineWidths } from './line-width.ts';
import { assembleModule, f64, i32, v128 } from './wasm-bytes.ts';

/**
 * Counts one item's co-purchases in WebAssembly, all places in bytes of one shared memory. A row of counters (one
 * 32-bit number an item) stays in the nearest caches; nothing there is checked or branched on.
 */
export interface PairKernel {
  /** Writes lines of items (at least one, 32-bit numbers), and adds 1 to each item's number from `holds` on. */
  countLines(item: number, itemEnd: number, line: number, holds: number): void;
  /**
   * For each basket from `basket` to `basketEnd` (places in the list of starts), writes its number to the place that
   * `next` holds for each of its items, moves that on, and adds the basket's lines to the item's double in `works`.
   */
  placeHolds(basket: number, basketEnd: number, lineStart: number, lineItem: number, next: number, works: number): void;
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
  /** Sets `length` bytes of counters to 0. */
  empty(counters: number, length: number): void;
  /**
   * From a sample of a row's items, about which score so many of them reach that there are `target` in the sample:
   * the bits of a float, 0 where even all are too few. `bins` are zeroes before and after.
   */
  bound(counters: number, worth: number, length: number, bins: number, target: number): number;
  /**
   * Writes what `length` bytes of counters (a multiple of 16) hold from `out` on: item, count and score, which is
   * count × `worth` of the item as a float, 12 bytes each, items ascending. Only scores of at least `least`, the bits
   * of a float above 0; `list` has room for a word of each vector. @returns their end
   */
  sift(counters: number, worth: number, length: number, least: number, list: number, out: number): number;
  /**
   * The same, whatever the score, for the counters of the items listed from `touched` to `touchedEnd` (at least one),
   * in their order; they are emptied.
   */
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
  /**
   * Writes the numbers of an item's pairs, from the last key down to the one at `from` (at least one): the other item,
   * support, cosine and lift, each to a place of its own. `own` is the item's place among the doubles of `counts` and
   * `logs`, in bytes; the lift is right for supports below `tabledSupports`.
   */
  write(
    own: number,
    from: number,
    keysEnd: number,
    supports: number,
    counts: number,
    logs: number,
    numbers: number,
    shrinks: number,
    outItem: number,
    outSupport: number,
    outCosine: number,
    outLift: number,
  ): void;
}

const compiled = new Map<LineWidth, WebAssembly.Module>();

/** Makes the functions for one shared memory. */
export function createPairKernel(memory: WebAssembly.Memory, width: LineWidth): PairKernel {
  return new WebAssembly.Instance(moduleFor(width), { e: { m: memory } }).exports as unknown as PairKernel;
}

/** Has the code ready before it is needed, while the orders are still on their way. */
export function loadPairKernel(): void {
  for (const width of lineWidths) moduleFor(width);
}

function moduleFor(width: LineWidth): WebAssembly.Module {
  const module = compiled.get(width) ?? assemble(width);
  compiled.set(width, module);
  return module;
}

function assemble(width: LineWidth): WebAssembly.Module {
  return assembleModule([
    { name: 'tally', parameters: 5, returns: false, locals: [[3, i32]], code: tallyCode(width, false) },
    { name: 'tallyListed', parameters: 6, returns: true, locals: [[4, i32]], code: tallyCode(width, true) },
    { name: 'countLines', parameters: 4, returns: false, locals: [[1, i32]], code: countLinesCode(width) },
    {
      name: 'placeHolds',
      parameters: 6,
      returns: false,
      locals: [
        [4, i32],
        [1, f64],
      ],
      code: placeHoldsCode(width),
    },
    { name: 'empty', parameters: 2, returns: false, locals: [], code: emptyCode() },
    {
      name: 'bound',
      parameters: 5,
      returns: true,
      locals: [
        [4, i32],
        [1, v128],
      ],
      code: boundCode(),
    },
    {
      name: 'sift',
      parameters: 6,
      returns: true,
      locals: [
        [3, i32],
        [2, v128],
      ],
      code: siftCode(),
    },
    { name: 'siftListed', parameters: 5, returns: true, locals: [[3, i32]], code: siftListedCode() },
    {
      name: 'write',
      parameters: 12,
      returns: false,
      locals: [
        [3, i32],
        [3, f64],
      ],
      code: writeCode(),
    },
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
}
