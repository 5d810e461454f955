import { shrunkLogLift } from '../engine/neighbours.ts';
import { packHalves, unpackHalves } from './id-halves.ts';

/** Shares of the last week's, month's and season's baskets, and of the baskets of these weeks a year ago. */
export type Sold = readonly [week: number, month: number, season: number, lastYear: number];

/** Products that visitors look at beside this one, and how often, see `engine/co-views.ts`; best first. */
export interface Viewed {
  readonly ids: readonly string[];
  readonly likeness: Float32Array;
}

/** The same, ids as they are stored, see `SpokenVoice`. */
export interface HeardBeside extends Pick<Viewed, 'likeness'> {
  readonly ids: Uint32Array | readonly string[];
}

/**
 * What one product says in carts: its candidates with the raw numbers of every source that hears the basket. Counts
 * instead of lift and cosine, so that new orders can be added to them.
 */
export interface Voice {
  /** baskets of the shop and baskets with this product */
  readonly total: number;
  readonly count: number;
  readonly sold: Sold;
  /** share of its buyers' later baskets that hold it again; days between two purchases, 0 = never seen twice */
  readonly repeatRate: number;
  readonly gapDays: number;
  readonly viewed: Viewed;
  readonly ids: readonly string[];
  /** `width` numbers for each candidate, see `column` */
  readonly numbers: Float32Array;
  /** the engine's two neighbour numbers of each candidate, made from the counts */
  readonly lift: Float32Array;
  readonly cosine: Float32Array;
}

/** What is stored of a voice. */
export type VoiceCounts = Omit<Voice, 'lift' | 'cosine'>;

/** What carts hear of a voice. Ids as they are stored: numbers in two halves, see `packHalves`, or texts. */
export interface SpokenVoice extends Pick<Voice, 'total' | 'count' | 'numbers'> {
  readonly ids: Uint32Array | readonly string[];
}

export const width = 9;
export const column = {
  support: 0,
  count: 1,
  linear: 2,
  likeness: 3,
  week: 4,
  month: 5,
  season: 6,
  prior: 7,
  lastYear: 8,
} as const;
/** Voices from before `prior` was known write the number of their candidates as it is, those before `lastYear` below 0. */
const formerWidths = { positive: 7, negative: 8 } as const;
const formerHeadLength = 8;
/** The others write it below 0 with one of these on top, which says how the ids are written. */
const topOf = { texts: 1 << 16, halves: 2 << 16 } as const;
const headLength = 10;
/** Bytes that hold everything but the candidates. */
export const voiceHeadBytes = headLength * 4;

/**
 * As 32-bit floats, counts up to 2^24 exactly, and ids as halves of numbers or, where one is no number, in lines.
 * Little-endian, as all machines we run on are.
 */
export function packVoice(voice: VoiceCounts): Uint8Array {
  const { ids, viewed } = voice;
  const halves = packHalves([...ids, ...viewed.ids]);
  const head = Float32Array.of(
    -(halves === null ? topOf.texts : topOf.halves) - ids.length,
    voice.total,
    voice.count,
    voice.sold[0],
    voice.sold[1],
    voice.sold[2],
    voice.repeatRate,
    voice.gapDays,
    voice.sold[3],
    viewed.ids.length,
  );
  const bytes = (of: Float32Array | Uint32Array) => Buffer.from(of.buffer, of.byteOffset, of.byteLength);
  const names = halves === null ? Buffer.from([...ids, ...viewed.ids].join('\n')) : bytes(halves);
  // With memory of its own: a small Buffer shares a pool, which would travel whole between threads.
  return Uint8Array.from(Buffer.concat([bytes(head), bytes(voice.numbers), bytes(viewed.likeness), names]));
}

/** @throws RangeError where the bytes end early */
export function unpackVoice(data: Uint8Array): Voice {
  return makeVoice(unpackCounts(data));
}

interface Layout {
  /** numbers before the candidates */
  readonly head: number;
  /** numbers of a candidate */
  readonly stored: number;
  /** candidates */
  readonly length: number;
  readonly ids: 'halves' | 'texts';
}

/** How a voice is laid out: of today's way of writing or of one before it. */
function layoutOf(first: number): Layout {
  const today = { head: headLength, stored: width };
  if (first <= -topOf.halves) return { ...today, length: -first - topOf.halves, ids: 'halves' };
  if (first <= -topOf.texts) return { ...today, length: -first - topOf.texts, ids: 'texts' };
  const stored = first > 0 ? formerWidths.positive : formerWidths.negative;
  return { head: formerHeadLength, stored, length: Math.abs(first), ids: 'texts' };
}

/** The parts of a stored voice, read in place. */
interface Parts {
  readonly head: Float32Array;
  readonly numbers: Float32Array;
  readonly likeness: Float32Array;
  /** of the candidates, then of what is viewed beside */
  readonly ids: Uint32Array | readonly string[];
  /** of `ids`, those of the candidates */
  readonly idsLength: number;
}

/**
 * Numbers are read in place where they lie on a multiple of four, so that the bytes must not change afterwards.
 * @throws RangeError where the bytes end early
 */
function partsOf(data: Uint8Array): Parts {
  const { buffer, byteOffset, byteLength } = data.byteOffset % 4 === 0 ? data : Uint8Array.from(data);
  if (byteLength < formerHeadLength * 4) throw new RangeError('a voice ends early');
  const layout = layoutOf(new Float32Array(buffer, byteOffset, 1)[0] ?? 0);
  const numbersAt = layout.head * 4;
  if (byteLength < numbersAt) throw new RangeError('a voice ends early');
  const head = new Float32Array(buffer, byteOffset, layout.head);
  const viewedAt = numbersAt + layout.length * layout.stored * 4;
  const viewed = head[formerHeadLength + 1] ?? 0;
  const idsAt = viewedAt + viewed * 4;
  const length = layout.length + viewed;
  if (idsAt + (layout.ids === 'halves' ? length * 8 : 0) > byteLength) throw new RangeError('a voice ends early');
  const numbers = new Float32Array(buffer, byteOffset + numbersAt, layout.length * layout.stored);
  return {
    head,
    numbers: layout.stored === width ? numbers : widened(numbers, layout.stored),
    likeness: new Float32Array(buffer, byteOffset + viewedAt, viewed),
    ids:
      layout.ids === 'halves'
        ? new Uint32Array(buffer, byteOffset + idsAt, length * 2)
        : linesOf(Buffer.from(buffer, byteOffset + idsAt, byteLength - idsAt).toString()),
    idsLength: layout.ids === 'halves' ? layout.length * 2 : layout.length,
  };
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));

/** The voice without what is computed. @throws RangeError where the bytes end early */
export function unpackCounts(data: Uint8Array): VoiceCounts {
  const { head, numbers, ...parts } = partsOf(data);
  const ids = parts.ids instanceof Uint32Array ? unpackHalves(parts.ids) : parts.ids;
  const length = parts.ids instanceof Uint32Array ? parts.idsLength / 2 : parts.idsLength;
  return { ...numbersOfHead(head), numbers, viewed: viewedOf(parts), ids: ids.slice(0, length) };
}

/** Only what carts hear, without making a text of any id. @throws RangeError where the bytes end early */
export function unpackSpoken(data: Uint8Array): SpokenVoice {
  const { head, numbers, ids, idsLength } = partsOf(data);
  const own = ids instanceof Uint32Array ? ids.subarray(0, idsLength) : ids.slice(0, idsLength);
  return { total: head[1] ?? 0, count: head[2] ?? 0, numbers, ids: own };
}

/** Only what visitors look at beside the product, no text made of any id. @throws RangeError where the bytes end early */
export function unpackViewed(data: Uint8Array): HeardBeside {
  const { likeness, ids, idsLength } = partsOf(data);
  return { ids: ids instanceof Uint32Array ? ids.subarray(idsLength) : ids.slice(idsLength), likeness };
}

function viewedOf({ likeness, ids, idsLength }: Omit<Parts, 'head' | 'numbers'>): Viewed {
  if (likeness.length === 0) return nothingViewed;
  return {
    ids: ids instanceof Uint32Array ? unpackHalves(ids.subarray(idsLength)) : ids.slice(idsLength),
    likeness,
  };
}

/** Of a packed voice what `unpackViewed` reads, packed by itself; without a byte where there is nothing. */
export function packViewed(data: Uint8Array): Uint8Array {
  const { viewed } = unpackCounts(data);
  if (viewed.ids.length === 0) return new Uint8Array(0);
  const [numbers, sold] = [new Float32Array(0), [0, 0, 0, 0] as const];
  return packVoice({ total: 0, count: 0, sold, repeatRate: 0, gapDays: 0, viewed, ids: [], numbers });
}

export const nothingViewed: Viewed = { ids: [], likeness: new Float32Array(0) };

function numbersOfHead(head: Float32Array): Omit<VoiceCounts, 'ids' | 'numbers' | 'viewed'> {
  return {
    total: head[1] ?? 0,
    count: head[2] ?? 0,
    sold: [head[3] ?? 0, head[4] ?? 0, head[5] ?? 0, head[formerHeadLength] ?? 0],
    repeatRate: head[6] ?? 0,
    gapDays: head[7] ?? 0,
  };
}

function widened(former: Float32Array, stored: number): Float32Array {
  const numbers = new Float32Array((former.length / stored) * width);
  for (let from = 0, to = 0; from < former.length; from += stored, to += width)
    numbers.set(former.subarray(from, from + stored), to);
  return numbers;
}

/** Adds lift and cosine to the counts, as the engine computes them. */
export function makeVoice(counts: VoiceCounts): Voice {
  const { ids, numbers, count, total } = counts;
  const [lift, cosine] = [new Float32Array(ids.length), new Float32Array(ids.length)];
  for (let index = 0; index < ids.length; index += 1) {
    const support = numbers[index * width + column.support] ?? 0;
    if (support <= 0) continue;
    const other = numbers[index * width + column.count] ?? 0;
    lift[index] = shrunkLogLift(support, count, other, total);
    cosine[index] = support / Math.sqrt(count * other);
  }
  return { ...counts, lift, cosine };
}

/** Only what the first bytes hold: how often it was bought. */
export function unpackVoiceHead(data: Uint8Array): Pick<Voice, 'count' | 'sold'> {
  const { count, sold } = readHeadOf(data);
  return { count, sold };
}

/** Only what the first bytes hold: how the product comes back to its buyers. */
export function unpackRhythm(data: Uint8Array): Pick<Voice, 'repeatRate' | 'gapDays'> {
  const { repeatRate, gapDays } = readHeadOf(data);
  return { repeatRate, gapDays };
}

function readHeadOf(data: Uint8Array): ReturnType<typeof numbersOfHead> {
  const bytes = Uint8Array.from(data.subarray(0, voiceHeadBytes));
  const first = new Float32Array(bytes.buffer, 0, 1)[0] ?? 0;
  return numbersOfHead(new Float32Array(bytes.buffer, 0, layoutOf(first).head));
}

/** What the orders say of a pair. */
export function pairNumbers(voice: Voice, index: number): { support: number; lift: number; cosine: number } {
  return {
    support: voice.numbers[index * width + column.support] ?? 0,
    lift: voice.lift[index] ?? 0,
    cosine: voice.cosine[index] ?? 0,
  };
}
