/** Bytes by group and key, bounded: what was not asked for lately goes. */
export interface Shelf {
  /** to be read at once, never changed; undefined = not here */
  get(group: string, key: string): Buffer | undefined;
  set(group: string, key: string, bytes: Uint8Array): void;
  delete(group: string, key: string): void;
  deleteGroup(group: string): void;
  /** held now, what the keys take included */
  bytes(): number;
}

interface Generation {
  readonly slabs: Buffer[];
  /** bytes of the last slab that are taken */
  taken: number;
  bytes: number;
  /** group → key → place: slab × slabBytes + offset */
  readonly groups: Map<string, Map<string, number>>;
}

/** The more of them, the less is lost when the oldest goes, and the more places are looked at for what is not here. */
const generationsHeld = 8;
const slabBytes = 1 << 20;
/** The entry's length comes first. */
const headBytes = 4;
/** What a key takes in its Map, about. */
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
  let generations = [newGeneration()];

  function put(group: string, key: string, bytes: Uint8Array): void {
    // Floats must lie on a multiple of four.
    const size = headBytes + Math.ceil(bytes.length / 4) * 4;
    if (size > slabBytes || size + keyBytes > share) return;
    let [young] = generations;
    if (young === undefined || young.bytes + size + keyBytes > share) {
      young = newGeneration();
      generations = [young, ...generations.slice(0, generationsHeld - 1)];
    }
    let slab = young.slabs.at(-1);
    if (slab === undefined || young.taken + size > slabBytes) {
      slab = Buffer.allocUnsafeSlow(slabBytes);
      young.slabs.push(slab);
      young.taken = 0;
    }
    slab.writeUInt32LE(bytes.length, young.taken);
    slab.set(bytes, young.taken + headBytes);
    const keys = young.groups.get(group) ?? new Map<string, number>();
    young.groups.set(group, keys);
    keys.set(ownText(key), (young.slabs.length - 1) * slabBytes + young.taken);
    young.taken += size;
    young.bytes += size + keyBytes;
  }

  return {
    get(group, key) {
      for (let age = 0; age < generations.length; age += 1) {
        const generation = generations[age];
        const bytes = generation && find(generation, group, key);
        if (bytes === undefined) continue;
        if (age === generationsHeld - 1) {
          generation?.groups.get(group)?.delete(key);
          put(group, key, bytes);
        }
        return bytes;
      }
      return undefined;
    },
    set: put,
    delete(group, key) {
      for (const { groups } of generations) groups.get(group)?.delete(key);
    },
    deleteGroup(group) {
      for (const { groups } of generations) groups.delete(group);
    },
    bytes: () => generations.reduce((sum, one) => sum + one.bytes, 0),
  };
}

/** A text of its own: an id that was cut out of a long text keeps all of that in memory. */
const ownText = (key: string): string => Buffer.from(key).toString();

const newGeneration = (): Generation => ({ slabs: [], taken: 0, bytes: 0, groups: new Map() });

function find({ slabs, groups }: Generation, group: string, key: string): Buffer | undefined {
  const place = groups.get(group)?.get(key);
  if (place === undefined) return undefined;
  const slab = slabs[Math.floor(place / slabBytes)];
  const from = (place % slabBytes) + headBytes;
  return slab?.subarray(from, from + slab.readUInt32LE(from - headBytes));
}
