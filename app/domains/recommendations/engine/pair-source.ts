import { countItems, type History, sharedInts } from './history.ts';
import { widthFor } from './line-width.ts';
import { createPairKernel } from './pair-kernel.ts';
import { pairLines } from './pair-lines.ts';
import { tabledSupports } from './pair-numbers-code.ts';
import { binCount, siftedBytes } from './rank-code.ts';

/** Joint baskets that an unproven pair is assumed to lack: lift counts half at this support. */
export const liftShrinkage = 4;

/** What rows of co-purchases are counted from; in one shared memory that the kernel reads too. */
export interface PairSource {
  readonly memory: WebAssembly.Memory;
  readonly layout: Layout;
  /** how many desks have been taken */
  readonly taken: Int32Array;
  /** in how many baskets each item is */
  readonly counts: Float64Array;
  readonly total: number;
}

/** Places in the memory, in bytes, and lengths. */
interface Layout {
  /** one place a counted item, padded to whole vectors */
  readonly padded: number;
  /** doubles: lines in an item's baskets, its baskets, their logarithm (that of all baskets first) */
  readonly works: number;
  readonly counts: number;
  readonly logs: number;
  /** doubles by support: its logarithm, and what is left of a lift of so many joint baskets */
  readonly numbers: number;
  readonly shrinks: number;
  /** floats: 1 / root of an item's baskets */
  readonly worth: number;
  /** where the lines of each basket start, and the lines' items as places among 32-bit numbers */
  readonly lineStart: number;
  readonly lineItem: number;
  /** where the baskets of each item start, and their numbers */
  readonly holdStart: number;
  readonly holdBasket: number;
  /** each thread's, see `deskOf` */
  readonly desks: number;
  readonly deskBytes: number;
}

/** Pairs that a desk holds before they are taken away, besides one row. */
const deskPairs = 4096;

function layOut(items: number, baskets: number, lines: number, keep: number, threads: number) {
  let bytes = 0;
  const room = (length: number) => {
    const from = bytes;
    bytes += Math.ceil(length / 16) * 16;
    return from;
  };
  const padded = Math.max(4, Math.ceil(items / 4) * 4);
  const layout = {
    padded,
    works: room(padded * 8),
    counts: room(padded * 8),
    logs: room((padded + 1) * 8),
    numbers: room(tabledSupports * 8),
    shrinks: room(tabledSupports * 8),
    worth: room(padded * 4),
    lineStart: room((baskets + 1) * 4),
    lineItem: room(lines * widthFor(items)),
    holdStart: room((items + 1) * 4),
    holdBasket: room(lines * 4),
  };
  const desks = bytes;
  const { bytes: deskBytes } = deskOf(padded, keep, desks);
  return { ...layout, desks, deskBytes, bytes: desks + threads * deskBytes };
}

/** What a thread counts with. */
export function deskOf(padded: number, keep: number, from: number) {
  let bytes = from;
  const room = (length: number) => {
    const place = bytes;
    bytes += Math.ceil(length / 16) * 16;
    return place;
  };
  const pairs = deskPairs + keep;
  const desk = {
    counters: room(padded * 4),
    supports: room(padded * 4),
    keys: room((padded + 4) * 8),
    bins: room(binCount * 4),
    // The list is written before it is known whether an item is new: one place more than there are items.
    touched: room((padded + 1) * 4),
    sifted: room((padded + 4) * siftedBytes),
    pairs,
    outItem: room(pairs * 4),
    outSupport: room(pairs * 4),
    outCosine: room(pairs * 4),
    outLift: room(pairs * 4),
  };
  return { ...desk, bytes: bytes - from };
}

/** Baskets that are turned around in one call: the engine makes better code of what is called often. */
const basketsAtOnce = 500;

/**
 * Turns the history around: which baskets hold an item.
 * @param keep the longest row that is wanted
 * @param threads how many may count at the same time
 */
export function readPairs(history: History, keep: number, threads: number): PairSource {
  const n = history.items.length;
  const baskets = history.basketAt.length;
  const pairs = pairLines(history);
  const lines = pairs.item.length;
  const { bytes, ...layout } = layOut(n, baskets, lines, Math.min(keep, n), threads);
  const pages = Math.max(1, Math.ceil(bytes / 65_536));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const { lineStart, lineItem, holdStart, holdBasket } = layout;
  const starts = new Int32Array(memory.buffer, lineStart, baskets + 1);
  const holds = new Int32Array(memory.buffer, holdStart, n + 1);
  starts.set(pairs.start);
  // For now where the baskets of the items will stand.
  new Int32Array(memory.buffer, holdBasket, lines).set(pairs.item);
  const width = widthFor(n);
  const kernel = createPairKernel(memory, width);
  const inParts = (work: (from: number, to: number) => void) => {
    for (let from = 0; from < baskets; from += basketsAtOnce) work(from, Math.min(baskets, from + basketsAtOnce));
  };
  inParts((from, to) => {
    const [first, end] = [starts[from] ?? 0, starts[to] ?? 0];
    if (first < end)
      kernel.countLines(holdBasket + first * 4, holdBasket + end * 4, lineItem + first * width, holdStart);
  });
  // First how many, then where the next goes, in bytes; in the end each stands where the one behind it starts.
  let place = holdBasket;
  for (let item = 0; item < n; item += 1) {
    const held = holds[item] ?? 0;
    holds[item] = place;
    place += held * 4;
  }
  inParts((from, to) =>
    kernel.placeHolds(lineStart + from * 4, lineStart + to * 4, lineStart, lineItem, holdStart, layout.works),
  );
  holds.copyWithin(1, 0, n);
  holds[0] = holdBasket;
  const counts = new Float64Array(n);
  if (pairs.item === history.basketItem)
    for (let item = 0; item < n; item += 1) counts[item] = ((holds[item + 1] ?? 0) - (holds[item] ?? 0)) / 4;
  else counts.set(countItems(history));
  fillTables(memory, layout, counts, baskets);
  return { memory, layout, taken: sharedInts(1), counts, total: baskets };
}

function fillTables({ buffer }: WebAssembly.Memory, layout: Layout, counts: Float64Array, total: number): void {
  const doubles = (from: number, length: number) => new Float64Array(buffer, from, length);
  doubles(layout.counts, counts.length).set(counts);
  const logs = doubles(layout.logs, counts.length + 1);
  const worth = new Float32Array(buffer, layout.worth, counts.length);
  logs[0] = Math.log(total);
  for (let item = 0; item < counts.length; item += 1) {
    const count = counts[item] ?? 0;
    logs[item + 1] = Math.log(count);
    worth[item] = 1 / Math.sqrt(Math.max(1, count));
  }
  const numbers = doubles(layout.numbers, tabledSupports);
  const shrinks = doubles(layout.shrinks, tabledSupports);
  for (let support = 0; support < tabledSupports; support += 1) {
    numbers[support] = Math.log(support);
    shrinks[support] = support / (support + liftShrinkage);
  }
}

/** How many lines stand in each item's baskets, itself included: the work of its row, and a bound for its length. */
export const rowWorks = ({ memory, layout, counts }: PairSource): Float64Array =>
  new Float64Array(memory.buffer, layout.works, counts.length);

/** Where the baskets of each item start, in bytes. */
export const holdStarts = ({ memory, layout, counts }: PairSource): Int32Array =>
  new Int32Array(memory.buffer, layout.holdStart, counts.length + 1);
