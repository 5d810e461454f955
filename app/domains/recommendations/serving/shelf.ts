/** Bytes by group and key, bounded: what was not asked for lately goes. */
export interface Shelf {
  /** never changed; whoever keeps it keeps a megabyte in memory. undefined = not here */
  get(group: string, key: string): Buffer | undefined;
  set(group: string, key: string, bytes: Uint8Array): void;
  delete(group: string, key: string): void;
  deleteGroup(group: string): void;
  /** held now, what the keys take included; without what was deleted or replaced, though its room is free only later */
  bytes(): number;
}

interface Generation {
  /** counts up from 0 */
  readonly number: number;
  readonly slabs: Buffer[];
  /** bytes of the last slab that are taken */
  taken: number;
  bytes: number;
  /** of `bytes` what nothing leads to any more */
  dead: number;
  /** what was put here: groups and keys side by side */
  readonly groups: string[];
  readonly keys: string[];
}

/** The more of them, the less is lost when the oldest goes. */
const generationsHeld = 8;
const slabBytes = 1 << 20;
/** Doubles must lie on a multiple of eight. */
const align = 8;
/** The entry's length comes first. */
const headBytes = align;
/** More than are held: the remainder of its number says which generation an entry's place belongs to. */
const generationsApart = 16;
/** What a key takes in its Map and in its generation, about. */
const keyBytes = 100;

/**
 * Generations instead of an order that every read would have to change: what is read moves from the oldest to the
 * youngest, and when that is full the oldest is forgotten as a whole. The bytes lie in large pieces outside the heap: a
 * hundred thousand objects would be walked through by every collection of garbage, and shoppers would wait for it.
 * @param most bytes held at once
 */
export function createShelf(most: number): Shelf {
  const share = most / generationsHeld;
  /** the youngest first */
  let generations: readonly Generation[] = [newGeneration(0)];
  const places = new Map<string, Map<string, number>>();

  /** A new youngest; the oldest goes, and what was not put elsewhere since. */
  function begin(): Generation {
    const young = newGeneration((generations[0]?.number ?? 0) + 1);
    const old = generations[generationsHeld - 1];
    generations = [young, ...generations.slice(0, generationsHeld - 1)];
    old?.keys.forEach((key, nth) => {
      const group = places.get(old.groups[nth] ?? '');
      const place = group?.get(key);
      if (place !== undefined && ageOf(place, young) === generationsHeld) group?.delete(key);
    });
    for (const [name, group] of places) if (group.size === 0) places.delete(name);
    return young;
  }

  /** Nothing leads to this place any more. */
  function bury(place: number | undefined): void {
    const generation = place === undefined ? undefined : generations[ageOf(place, generations[0])];
    const bytes = generation && place !== undefined ? read(generation.slabs, offsetOf(place)) : undefined;
    if (generation && bytes) generation.dead += sizeOf(bytes.length) + keyBytes;
  }

  function put(group: string, key: string, bytes: Uint8Array): void {
    const size = sizeOf(bytes.length);
    if (size > slabBytes || size + keyBytes > share) return;
    let [young] = generations;
    if (young === undefined || young.bytes + size + keyBytes > share) young = begin();
    let slab = young.slabs.at(-1);
    if (slab === undefined || young.taken + size > slabBytes) {
      slab = Buffer.allocUnsafeSlow(slabBytes);
      young.slabs.push(slab);
      young.taken = 0;
    }
    slab.writeUInt32LE(bytes.length, young.taken);
    slab.set(bytes, young.taken + headBytes);
    const own = ownText(key);
    young.groups.push(group);
    young.keys.push(own);
    const keys = places.get(group) ?? new Map<string, number>();
    places.set(group, keys);
    bury(keys.get(own));
    keys.set(own, placeOf((young.slabs.length - 1) * slabBytes + young.taken, young));
    young.taken += size;
    young.bytes += size + keyBytes;
  }

  return {
    get(group, key) {
      const place = places.get(group)?.get(key);
      if (place === undefined) return undefined;
      const age = ageOf(place, generations[0]);
      const bytes = read(generations[age]?.slabs, offsetOf(place));
      if (bytes !== undefined && age === generationsHeld - 1) put(group, key, bytes);
      return bytes;
    },
    set: put,
    delete(group, key) {
      bury(places.get(group)?.get(key));
      places.get(group)?.delete(key);
    },
    deleteGroup(group) {
      for (const place of places.get(group)?.values() ?? []) bury(place);
      places.delete(group);
    },
    bytes: () => generations.reduce((sum, one) => sum + one.bytes - one.dead, 0),
  };
}

/** What an entry of so many bytes takes, its length included. */
const sizeOf = (length: number): number => headBytes + Math.ceil(length / align) * align;

/** A text of its own: an id that was cut out of a long text keeps all of that in memory. */
const ownText = (key: string): string => Buffer.from(key).toString();

const newGeneration = (number: number): Generation => ({
  number,
  slabs: [],
  taken: 0,
  bytes: 0,
  dead: 0,
  groups: [],
  keys: [],
});

/** One number for offset and generation, small enough for the engine to keep it without an object of its own. */
const placeOf = (offset: number, { number }: Generation): number =>
  (offset / align) * generationsApart + (number % generationsApart);

const offsetOf = (place: number): number => Math.floor(place / generationsApart) * align;

/** How many generations are younger than the one that holds the place. */
const ageOf = (place: number, young: Generation | undefined): number =>
  ((young?.number ?? 0) + generationsApart - (place % generationsApart)) % generationsApart;

function read(slabs: readonly Buffer[] | undefined, offset: number): Buffer | undefined {
  const slab = slabs?.[Math.floor(offset / slabBytes)];
  const from = (offset % slabBytes) + headBytes;
  return slab?.subarray(from, from + slab.readUInt32LE(from - headBytes));
}
