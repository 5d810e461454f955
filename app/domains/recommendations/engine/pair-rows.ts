import { widthFor } from './line-width.ts';
import { createPairKernel } from './pair-kernel.ts';
import { tabledSupports } from './pair-numbers-code.ts';
import { siftedBytes } from './rank-code.ts';
import { deskOf, holdStarts, liftShrinkage, type PairSource, rowWorks } from './pair-source.ts';
import { sampledPart } from './sift-code.ts';

/** A row with fewer lines than this part of the catalogue is listed, not looked for among all items. */
const listedPart = 8;
/** More keys than these are sorted by the engine: insertion costs the square. */
const mostSettled = 512;
/** What is wanted of a sample: a third more than its share, and some more because it is one. */
const targetOf = (keep: number) => Math.ceil((keep * 4) / (3 * sampledPart)) + 8;

/** A thread's counter of rows. */
export interface RowCounter {
  /**
   * Counts with whom an item is bought how often, and adds the `keep` of the highest cosine (ties by lower number),
   * best first, to the numbers of the desk. @returns how many pairs stand there now
   */
  count(item: number): number;
  /** Pairs that stand there before they must be taken away. */
  readonly room: number;
  /** Takes away what stands there. */
  clear(): void;
  readonly item: Int32Array;
  readonly support: Int32Array;
  readonly cosine: Float32Array;
  readonly lift: Float32Array;
}

/** Takes a desk in the source's memory. */
export function createRowCounter(source: PairSource, keep: number): RowCounter {
  const { memory, layout, counts, total } = source;
  const n = counts.length;
  const { padded, worth, lineStart, lineItem } = layout;
  const kernel = createPairKernel(memory, widthFor(n));
  const desk = deskOf(padded, Math.min(keep, n), layout.desks + Atomics.add(source.taken, 0, 1) * layout.deskBytes);
  const joint = new Int32Array(memory.buffer, desk.counters, padded);
  const ranked = new Float64Array(memory.buffer, desk.keys, padded + 4);
  const ints = (from: number) => new Int32Array(memory.buffer, from, desk.pairs);
  const floats = (from: number) => new Float32Array(memory.buffer, from, desk.pairs);
  const [support, lift] = [ints(desk.outSupport), floats(desk.outLift)];
  const holdStart = holdStarts(source);
  const works = rowWorks(source);
  const rowBytes = padded * 4;
  const target = targetOf(keep);
  let pairs = 0;

  /** @returns where the sifted end: all that may be among the best */
  function sift(work: number): number {
    const mayBeLong = work > 2 * keep && padded > 2 * target * sampledPart;
    const bound = mayBeLong ? kernel.bound(desk.counters, worth, rowBytes, desk.bins, target) : 0;
    let end = kernel.sift(desk.counters, worth, rowBytes, Math.max(1, bound), desk.touched, desk.sifted);
    if (bound > 1 && end < desk.sifted + keep * siftedBytes)
      end = kernel.sift(desk.counters, worth, rowBytes, 1, desk.touched, desk.sifted);
    kernel.empty(desk.counters, rowBytes);
    return end;
  }

  function countRow(item: number): number {
    const [from, to] = [holdStart[item] ?? 0, holdStart[item + 1] ?? 0];
    if (from === to) return desk.sifted;
    const work = works[item] ?? 0;
    if (work * listedPart >= n) {
      kernel.tally(from, to, lineStart, lineItem, desk.counters);
      joint[item] = 0;
      return sift(work);
    }
    const listEnd = kernel.tallyListed(from, to, lineStart, lineItem, desk.counters, desk.touched);
    joint[item] = 0;
    return kernel.siftListed(desk.counters, worth, desk.touched, listEnd, desk.sifted);
  }

  /** Whose logarithms lie in no table. */
  function addLargeLifts(item: number, from: number): void {
    const base = Math.log(total) - Math.log(counts[item] ?? 0);
    for (let pair = from; pair < pairs; pair += 1) {
      const joint = support[pair] ?? 0;
      if (joint < tabledSupports) continue;
      const log = base + Math.log(joint) - Math.log(counts[others[pair] ?? 0] ?? 0);
      lift[pair] = log > 0 ? log * (joint / (joint + liftShrinkage)) : 0;
    }
  }

  const others = ints(desk.outItem);
  return {
    room: desk.pairs - Math.min(keep, n),
    count(item) {
      const end = countRow(item);
      const keysEnd = kernel.rank(desk.sifted, end, keep, desk.bins, desk.keys, desk.supports);
      const length = (keysEnd - desk.keys) / 8;
      if (length > mostSettled) ranked.subarray(0, length).set(Float64Array.from(ranked.subarray(0, length)).sort());
      else kernel.settle(desk.keys, keysEnd);
      const kept = Math.min(keep, length);
      if (kept === 0) return pairs;
      const before = pairs;
      kernel.write(
        ...([item * 8, keysEnd - kept * 8, keysEnd, desk.supports] as const),
        ...([layout.counts, layout.logs, layout.numbers, layout.shrinks] as const),
        ...([desk.outItem + before * 4, desk.outSupport + before * 4] as const),
        ...([desk.outCosine + before * 4, desk.outLift + before * 4] as const),
      );
      pairs += kept;
      if ((counts[item] ?? 0) >= tabledSupports) addLargeLifts(item, before);
      return pairs;
    },
    clear: () => (pairs = 0),
    item: others,
    support,
    cosine: floats(desk.outCosine),
    lift,
  };
}
