import { shrunkLogLift } from '../engine/neighbours.ts';

/**
 * What one product says in carts: its candidates with the raw numbers of every source that hears the basket. Counts
 * instead of lift and cosine, so that new orders can be added to them.
 */
export interface Voice {
  /** baskets of the shop and baskets with this product */
  readonly total: number;
  readonly count: number;
  /** shares of the last week's, month's and season's baskets */
  readonly sold: readonly [number, number, number];
  /** share of its buyers' later baskets that hold it again; days between two purchases, 0 = never seen twice */
  readonly repeatRate: number;
  readonly gapDays: number;
  readonly ids: readonly string[];
  /** `width` numbers for each candidate, see `column` */
  readonly numbers: Float32Array;
  /** the engine's two neighbour numbers of each candidate, made from the counts */
  readonly lift: Float32Array;
  readonly cosine: Float32Array;
}

/** What is stored of a voice. */
export type VoiceCounts = Omit<Voice, 'lift' | 'cosine'>;

export const width = 8;
export const column = { support: 0, count: 1, linear: 2, likeness: 3, week: 4, month: 5, season: 6, prior: 7 } as const;
/** Voices written before `prior` was known hold this many numbers; the others write their length below 0. */
const formerWidth = 7;
const headLength = 8;
/** Bytes that hold everything but the candidates. */
export const voiceHeadBytes = headLength * 4;

/** As 32-bit floats and ids in lines: counts up to 2^24 stay exact. Little-endian, as all machines we run on are. */
export function packVoice(voice: VoiceCounts): Uint8Array {
  const head = Float32Array.of(
    -voice.ids.length,
    voice.total,
    voice.count,
    ...voice.sold,
    voice.repeatRate,
    voice.gapDays,
  );
  const bytes = (floats: Float32Array) => Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength);
  // With memory of its own: a small Buffer shares a pool, which would travel whole between threads.
  return Uint8Array.from(Buffer.concat([bytes(head), bytes(voice.numbers), Buffer.from(voice.ids.join('\n'))]));
}

/** @throws RangeError where the bytes end early */
export function unpackVoice(data: Uint8Array): Voice {
  return makeVoice(unpackCounts(data));
}

/**
 * The same without what is computed. Numbers are read in place where they lie on a multiple of four, so that the bytes
 * must not change afterwards. @throws RangeError where the bytes end early
 */
export function unpackCounts(data: Uint8Array): VoiceCounts {
  const bytes = data.byteOffset % 4 === 0 ? data : Uint8Array.from(data);
  if (bytes.byteLength < voiceHeadBytes) throw new RangeError('a voice ends early');
  const head = new Float32Array(bytes.buffer, bytes.byteOffset, headLength);
  const length = head[0] ?? 0;
  const stored = length > 0 ? formerWidth : width;
  const heldBytes = Math.abs(length) * stored * 4;
  if (voiceHeadBytes + heldBytes > bytes.byteLength) throw new RangeError('a voice ends early');
  const held = new Float32Array(bytes.buffer, bytes.byteOffset + voiceHeadBytes, heldBytes / 4);
  const numbers = stored === width ? held : widened(held);
  const from = bytes.byteOffset + voiceHeadBytes + heldBytes;
  const text = Buffer.from(bytes.buffer, from, bytes.byteLength - voiceHeadBytes - heldBytes).toString();
  const ids = text === '' ? [] : text.split('\n');
  return {
    total: head[1] ?? 0,
    count: head[2] ?? 0,
    sold: [head[3] ?? 0, head[4] ?? 0, head[5] ?? 0],
    repeatRate: head[6] ?? 0,
    gapDays: head[7] ?? 0,
    ids,
    numbers,
  };
}

function widened(former: Float32Array): Float32Array {
  const numbers = new Float32Array((former.length / formerWidth) * width);
  for (let from = 0, to = 0; from < former.length; from += formerWidth, to += width)
    numbers.set(former.subarray(from, from + formerWidth), to);
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
  const { count, sold } = unpackVoice(Uint8Array.from([...new Uint8Array(4), ...data.subarray(4, voiceHeadBytes)]));
  return { count, sold };
}

/** What the orders say of a pair. */
export function pairNumbers(voice: Voice, index: number): { support: number; lift: number; cosine: number } {
  return {
    support: voice.numbers[index * width + column.support] ?? 0,
    lift: voice.lift[index] ?? 0,
    cosine: voice.cosine[index] ?? 0,
  };
}
