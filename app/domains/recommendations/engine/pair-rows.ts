import { countItems, type History, sharedInts } from './history.ts';
import { pairLines } from './pair-lines.ts';
import { binCount, itemRoom, siftedBytes } from './rank-code.ts';
import { createPairKernel } from './pair-kernel.ts';

/** What rows of co-purchases are counted from; in one shared memory that the kernel reads too. */
export interface PairSource {
  readonly memory: WebAssembly.Memory;
  readonly layout: Layout;
  /** how many counters have been taken */
  readonly taken: Int32Array;
  /** in how many baskets each item is */
  readonly counts: Float64Array;
  readonly total: number;
}

/** Places in the memory, in 32-bit words, and lengths. */
interface Layout {
  readonly baskets: number;
  readonly lines: number;
  /** one worth a counted item: 1 / root of its baskets; padded to whole vectors */
  readonly padded: number;
  readonly lineStart: number;
  readonly lineItem: number;
  readonly holdStart: number;
  readonly holdBasket: number;
  readonly worth: number;
  /** each thread's counters, supports, keys, bins, list of items and what was sifted, one thread's after the other's */
  readonly desks: number;
  readonly deskWords: number;
}

function layOut(items: number, baskets: number, lines: number, threads: number): Layout & { readonly words: number } {
  const vectors = (words: number) => Math.ceil(words / 4) * 4;
  const padded = Math.max(4, vectors(items));
  const lineStart = 0;
  const lineItem = vectors(baskets + 1);
  const holdStart = lineItem + vectors(lines);
  const holdBasket = holdStart + vectors(items + 1);
  const worth = holdBasket + vectors(lines);
  const desks = worth + padded;
  // The list is written before it is known whether an item is new: one place more than there are items.
  const deskWords =
    padded * 2 + (padded + 4) * 2 + binCount + vectors(padded + 1) + vectors((padded + 1) * (siftedBytes / 4));
  const words = desks + threads * deskWords;
  return { baskets, lines, padded, lineStart, lineItem, holdStart, holdBasket, worth, desks, deskWords, words };
}

/** The arrays of a source. */
export function openPairs({ memory, layout, counts }: Pick<PairSource, 'memory' | 'layout' | 'counts'>) {
  const part = (from: number, length: number) => new Int32Array(memory.buffer, from * 4, length);
  return {
    /** the pair-making items of each basket */
    lineStart: part(layout.lineStart, layout.baskets + 1),
    lineItem: part(layout.lineItem, layout.lines),
    /** the baskets of each item */
    holdStart: part(layout.holdStart, counts.length + 1),
    holdBasket: part(layout.holdBasket, layout.lines),
  };
}

/**
 * Turns the history around: which baskets hold an item.
 * @param threads how many may count at the same time
 */
export function readPairs(history: History, threads: number): PairSource {
  const n = history.items.length;
  const baskets = history.basketAt.length;
  const pairs = pairLines(history);
  const lines = pairs.item.length;
  const { words, ...layout } = layOut(n, baskets, lines, threads);
  const pages = Math.max(1, Math.ceil((words * 4) / 65_536));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const counts = countItems(history);
  const source = { memory, layout, taken: sharedInts(1), counts, total: baskets };
  const { lineStart, lineItem, holdStart, holdBasket } = openPairs(source);
  lineStart.set(pairs.start);
  lineItem.set(pairs.item);
  const next = new Int32Array(n + 1);
  // Read and written without `at` here: an access that sees one kind of array is faster.
  for (let line = 0; line < lines; line += 1) {
    const item = lineItem[line] ?? 0;
    next[item + 1] = (next[item + 1] ?? 0) + 1;
  }
  for (let item = 0; item < n; item += 1) next[item + 1] = (next[item + 1] ?? 0) + (next[item] ?? 0);
  holdStart.set(next);
  for (let basket = 0; basket < baskets; basket += 1) {
    const end = lineStart[basket + 1] ?? 0;
    for (let line = lineStart[basket] ?? 0; line < end; line += 1) {
      const item = lineItem[line] ?? 0;
      const place = next[item] ?? 0;
      holdBasket[place] = basket;
      next[item] = place + 1;
    }
  }
  new Float32Array(memory.buffer, layout.worth * 4, n).set(counts.map((count) => 1 / Math.sqrt(Math.max(1, count))));
  return source;
}

/** How many lines stand in each item's baskets, itself included: the work of its row, and a bound for its length. */
export function rowWorks(source: PairSource): Float64Array {
  const { lineStart, holdStart, holdBasket } = openPairs(source);
  return source.counts.map((_, item) => {
    let work = 0;
    const end = holdStart[item + 1] ?? 0;
    for (let hold = holdStart[item] ?? 0; hold < end; hold += 1) {
      const basket = holdBasket[hold] ?? 0;
      work += (lineStart[basket + 1] ?? 0) - (lineStart[basket] ?? 0);
    }
    return work;
  });
}

/** A row with fewer lines than this part of the catalogue is listed, not looked for among all items. */
const listedPart = 8;

/** More keys than these are sorted by the engine: insertion costs the square. */
const mostSettled = 512;

/** A row of counted co-purchases: keys and counts, see `PairKernel.rank`. */
export interface RankedRow {
  /** ascending; the best are at the end */
  readonly keys: Float64Array;
  readonly supportOf: Int32Array;
}

/** The item of a key. */
export const itemOfKey = (key: number): number => itemRoom - 1 - ((key >>> 0) & (itemRoom - 1));

/**
 * Makes a function that counts one item's row: with whom it is bought how often, at least the `keep` of the highest
 * cosine, ties by lower number. The row is overwritten by the next call.
 */
export function createRowCounter(source: PairSource, keep: number): (item: number, work: number) => RankedRow {
  const { memory, layout, counts } = source;
  const n = counts.length;
  const kernel = createPairKernel(memory);
  const { padded } = layout;
  const desk = layout.desks + Atomics.add(source.taken, 0, 1) * layout.deskWords;
  const counter = desk * 4;
  const supports = counter + padded * 4;
  const keysAt = supports + padded * 4;
  const bins = keysAt + (padded + 4) * 8;
  const touched = bins + binCount * 4;
  const sifted = (desk + layout.deskWords) * 4 - Math.ceil(((padded + 1) * siftedBytes) / 16) * 16;
  const worth = layout.worth * 4;
  const lineStartAt = layout.lineStart * 4;
  const lineItemAt = layout.lineItem * 4;
  const joint = new Int32Array(memory.buffer, counter, padded);
  const supportOf = new Int32Array(memory.buffer, supports, padded);
  const ranked = new Float64Array(memory.buffer, keysAt, padded + 4);
  const { holdStart } = openPairs(source);
  return (item, work) => {
    const from = (layout.holdBasket + (holdStart[item] ?? 0)) * 4;
    const to = (layout.holdBasket + (holdStart[item + 1] ?? 0)) * 4;
    if (from === to) return { keys: ranked.subarray(0, 0), supportOf };
    let end: number;
    if (work * listedPart < n) {
      const listEnd = kernel.tallyListed(from, to, lineStartAt, lineItemAt, counter, touched);
      joint[item] = 0;
      end = kernel.siftListed(counter, worth, touched, listEnd, sifted);
    } else {
      kernel.tally(from, to, lineStartAt, lineItemAt, counter);
      joint[item] = 0;
      end = kernel.sift(counter, worth, padded * 4, sifted);
    }
    const keysEnd = kernel.rank(sifted, end, keep, bins, keysAt, supports);
    const length = (keysEnd - keysAt) / 8;
    if (length > mostSettled) return { keys: Float64Array.from(ranked.subarray(0, length)).sort(), supportOf };
    kernel.settle(keysAt, keysEnd);
    return { keys: ranked.subarray(0, length), supportOf };
  };
}
