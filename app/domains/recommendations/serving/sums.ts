import { shrunkLogLift } from '../engine/neighbours.ts';
import { type Halves, halvesOf, idOfHalves, noNumber } from './id-halves.ts';
import { column, type SpokenVoice, width } from './voice.ts';

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
  /** the places of the candidates; before them stand the cart's own products, behind them what is of earlier carts */
  readonly first: number;
  readonly end: number;
  /** `fields` numbers for each place, see `field` */
  readonly numbers: Float64Array;
  /** the nearest product in the cart */
  readonly because: readonly (string | null)[];
}

/** One for all carts: it is filled and read in one go, and a new one for each cart would have to be collected. */
const scratch = {
  first: 0,
  end: 0,
  low: new Uint32Array(256),
  high: new Uint32Array(256),
  /** their texts, where one was asked for; else '' */
  ids: [] as string[],
  numbers: new Float64Array(256 * fields),
  because: [] as (string | null)[],
};

/** Ids that are no numbers, numbered here, with `noNumber` as their upper half. */
const texts: string[] = [];

/**
 * Where each id stands, found by its hash: one more than its place, 0 = free. A Map would be made anew for each cart,
 * or grow with all that were ever asked about.
 */
let slots = new Int32Array(1024);

/** The slot that holds the id, or the free one where it would be. Ids of one platform differ in the last bits. */
function slotOf(low: number, high: number): number {
  const last = slots.length - 1;
  const hash = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  let slot = (hash ^ (hash >>> 15)) & last;
  for (let held = slots[slot] ?? 0; held > 0; held = slots[slot] ?? 0) {
    if (scratch.low[held - 1] === low && scratch.high[held - 1] === high) break;
    slot = (slot + 1) & last;
  }
  return slot;
}

/** At most half of the slots are taken. */
function widenSlots(): void {
  slots = new Int32Array(slots.length * 2);
  for (let place = 0; place < scratch.end; place += 1)
    slots[slotOf(scratch.low[place] ?? 0, scratch.high[place] ?? 0)] = place + 1;
}

/** Where a product stands among the cart's own and the candidates, -1 where it does not. Good for the sums made last. */
export const placeOf = ({ low, high }: Halves): number => (slots[slotOf(low, high)] ?? 0) - 1;

/** The halves by which the sums know an id; good until they are made for another cart where it is no number. */
export function knownAs(id: string): Halves {
  const halves = halvesOf(id);
  if (halves !== null) return halves;
  const known = texts.indexOf(id);
  return { low: known < 0 ? texts.push(id) - 1 : known, high: noNumber };
}

/** The id at a place of the sums made last. */
export function idAt(place: number): string {
  const made = scratch.ids[place] ?? '';
  if (made !== '') return made;
  const [low, high] = [scratch.low[place] ?? 0, scratch.high[place] ?? 0];
  const id = high === noNumber ? (texts[low] ?? '') : idOfHalves(low, high);
  scratch.ids[place] = id;
  return id;
}

/**
 * Adds up what each product of the cart says; the divisors are those of `sources/basket.ts` and `sources/content.ts`.
 * What it returns is good until the next call.
 */
export function sumVoices(voices: ReadonlyMap<string, SpokenVoice>, inCart: ReadonlySet<string>): Sums {
  slots.fill(0);
  texts.length = 0;
  scratch.end = 0;
  for (const id of inCart) {
    const { low, high } = knownAs(id);
    take(low, high, slotOf(low, high));
  }
  scratch.first = scratch.end;
  const size = voices.size;
  for (const [asker, voice] of voices) addVoice(asker, voice, size);
  const { numbers } = scratch;
  const byTogether = size + 2;
  const byCosine = Math.sqrt(Math.max(1, size));
  const byLikeness = Math.sqrt(1 + size);
  for (let row = scratch.first * fields; row < scratch.end * fields; row += fields) {
    numbers[row + field.together] = (numbers[row + field.together] ?? 0) / byTogether;
    numbers[row + field.cosine] = (numbers[row + field.cosine] ?? 0) / byCosine;
    numbers[row + field.likeness] = (numbers[row + field.likeness] ?? 0) / byLikeness;
  }
  return scratch;
}

function addVoice(asker: string, { ids, numbers: said, count, total }: SpokenVoice, size: number): void {
  const halves = ids instanceof Uint32Array ? ids : halvesOfTexts(ids);
  for (let index = 0; index * 2 < halves.length; index += 1) {
    const at = index * width;
    const row = rowOf(halves[index * 2] ?? 0, halves[index * 2 + 1] ?? 0, said, at);
    if (row < scratch.first * fields) continue;
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

function halvesOfTexts(ids: readonly string[]): Uint32Array {
  return Uint32Array.from(
    ids.flatMap((id) => {
      const { low, high } = knownAs(id);
      return [low, high];
    }),
  );
}

/** Where a product's numbers begin; a new one's are those of a candidate that nobody has spoken for. */
function rowOf(low: number, high: number, said: Float32Array, at: number): number {
  const slot = slotOf(low, high);
  const known = slots[slot] ?? 0;
  if (known > 0) return (known - 1) * fields;
  const row = take(low, high, slot) * fields;
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

/** Gives the id the next place. */
function take(low: number, high: number, slot: number): number {
  const place = scratch.end;
  if (place === scratch.low.length) {
    scratch.low = widened(scratch.low, new Uint32Array(place * 2));
    scratch.high = widened(scratch.high, new Uint32Array(place * 2));
    scratch.numbers = widened(scratch.numbers, new Float64Array(place * 2 * fields));
  }
  slots[slot] = place + 1;
  scratch.low[place] = low;
  scratch.high[place] = high;
  scratch.ids[place] = '';
  scratch.because[place] = null;
  scratch.end = place + 1;
  if (scratch.end * 2 > slots.length) widenSlots();
  return place;
}

function widened<Numbers extends Uint32Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
