import { shrunkLogLift } from '../engine/neighbours.ts';
import { column, type VoiceCounts, width } from './voice.ts';

/** Fields of a candidate's row, the sources' values first. */
export const field = {
  together: 0,
  linear: 1,
  cosine: 2,
  likeness: 3,
  /** mean over the cart; see `addVoice` for products that do not name it */
  prior: 4,
  week: 5,
  month: 6,
  season: 7,
  lastYear: 8,
  /** of the pair with the nearest product in the cart */
  support: 9,
  lift: 10,
  nearest: 11,
} as const;
export const fields = 12;

/** What the sources make of each candidate of one cart. */
export interface Sums {
  /** how many candidates there are; what stands behind them is of earlier carts */
  readonly count: number;
  /** in the order of their rows */
  readonly ids: readonly string[];
  /** `fields` numbers for each candidate, see `field` */
  readonly numbers: Float64Array;
  /** the nearest product in the cart */
  readonly because: readonly (string | null)[];
}

/** One for all carts: it is filled and read in one go, and a new one for each cart would have to be collected. */
const scratch = {
  count: 0,
  ids: [] as string[],
  numbers: new Float64Array(256 * fields),
  because: [] as (string | null)[],
};

/**
 * Where each id stands, found by its hash: one more than its place, 0 = free. A Map would be made anew for each cart,
 * or grow with all that were ever asked about.
 */
let slots = new Int32Array(1024);

/** The last characters, because ids of one platform begin alike. Source: Fowler, Noll and Vo, FNV-1a. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = Math.max(0, id.length - 8); index < id.length; index += 1)
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** The slot that holds the id, or the free one where it would be. */
function slotOf(id: string): number {
  const last = slots.length - 1;
  let slot = hashOf(id) & last;
  for (let held = slots[slot] ?? 0; held > 0 && scratch.ids[held - 1] !== id; held = slots[slot] ?? 0)
    slot = (slot + 1) & last;
  return slot;
}

/** At most half of the slots are taken. */
function widenSlots(): void {
  slots = new Int32Array(slots.length * 2);
  for (let place = 0; place < scratch.count; place += 1) slots[slotOf(scratch.ids[place] ?? '')] = place + 1;
}

/** The candidate's place, -1 where it is none. Good for the sums that were made last. */
export const placeOf = (id: string): number => (slots[slotOf(id)] ?? 0) - 1;

/**
 * Adds up what each product of the cart says; the divisors are those of `sources/basket.ts` and `sources/content.ts`.
 * What it returns is good until the next call.
 */
export function sumVoices(voices: ReadonlyMap<string, VoiceCounts>, inCart: ReadonlySet<string>): Sums {
  slots.fill(0);
  scratch.count = 0;
  const size = voices.size;
  for (const [asker, voice] of voices) addVoice(asker, voice, inCart, size);
  const { numbers } = scratch;
  const byTogether = size + 2;
  const byCosine = Math.sqrt(Math.max(1, size));
  const byLikeness = Math.sqrt(1 + size);
  for (let row = 0; row < scratch.count * fields; row += fields) {
    numbers[row + field.together] = (numbers[row + field.together] ?? 0) / byTogether;
    numbers[row + field.cosine] = (numbers[row + field.cosine] ?? 0) / byCosine;
    numbers[row + field.likeness] = (numbers[row + field.likeness] ?? 0) / byLikeness;
  }
  return scratch;
}

function addVoice(asker: string, voice: VoiceCounts, inCart: ReadonlySet<string>, size: number): void {
  const { ids, numbers: said, count, total } = voice;
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index] ?? '';
    if (inCart.has(id)) continue;
    const at = index * width;
    const row = rowOf(id, said, at);
    const { numbers } = scratch;
    const support = said[at + column.support] ?? 0;
    let lift = 0;
    let cosine = 0;
    if (support > 0) {
      const other = said[at + column.count] ?? 0;
      // 32-bit as where they are kept.
      lift = Math.fround(shrunkLogLift(support, count, other, total));
      cosine = Math.fround(support / Math.sqrt(count * other));
    }
    numbers[row + field.together] = (numbers[row + field.together] ?? 0) + lift;
    numbers[row + field.cosine] = (numbers[row + field.cosine] ?? 0) + cosine;
    numbers[row + field.linear] = (numbers[row + field.linear] ?? 0) + (said[at + column.linear] ?? 0);
    numbers[row + field.likeness] = (numbers[row + field.likeness] ?? 0) + (said[at + column.likeness] ?? 0);
    // Beside products of the cart that do not name it, it sells as it does everywhere.
    const beyond = (said[at + column.prior] ?? 0) - (numbers[row + field.season] ?? 0);
    numbers[row + field.prior] = (numbers[row + field.prior] ?? 0) + beyond / size;
    if (cosine <= (numbers[row + field.nearest] ?? 0)) continue;
    numbers[row + field.nearest] = cosine;
    numbers[row + field.support] = support;
    numbers[row + field.lift] = lift;
    scratch.because[row / fields] = asker;
  }
}

/** Where a candidate's numbers begin; a new one's are those of a product that nobody has spoken for. */
function rowOf(id: string, said: Float32Array, at: number): number {
  const slot = slotOf(id);
  const known = slots[slot] ?? 0;
  if (known > 0) return (known - 1) * fields;
  const place = scratch.count;
  const row = place * fields;
  if (row + fields > scratch.numbers.length) {
    const wider = new Float64Array(scratch.numbers.length * 2);
    wider.set(scratch.numbers);
    scratch.numbers = wider;
  }
  slots[slot] = place + 1;
  scratch.ids[place] = id;
  scratch.because[place] = null;
  scratch.count = place + 1;
  if (scratch.count * 2 > slots.length) widenSlots();
  const { numbers } = scratch;
  numbers.fill(0, row, row + fields);
  const season = said[at + column.season] ?? 0;
  numbers[row + field.prior] = season;
  numbers[row + field.week] = said[at + column.week] ?? 0;
  numbers[row + field.month] = said[at + column.month] ?? 0;
  numbers[row + field.season] = season;
  numbers[row + field.lastYear] = said[at + column.lastYear] ?? 0;
  return row;
}
