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

const slabBytes = 1 << 20;
/** The entry's length comes first. */
const headBytes = 4;
/** What a key takes in its Map, about. */
const keyBytes = 100;

/**
 * Two generations instead of an order that every read would have to change: what is read moves to the young one, and
 * when that is full the old one is forgotten as a whole. The bytes lie in large pieces outside the heap: a hundred
 * thousand objects would be walked through by every collection of garbage, and shoppers would wait for it.
 * @param most bytes held at once
 */
export function createShelf(most: number): Shelf {
  let young = newGeneration();
  let old = newGeneration();

  function put(group: string, key: string, bytes: Uint8Array): void {
    // Floats must lie on a multiple of four.
    const size = headBytes + Math.ceil(bytes.length / 4) * 4;
    // Each generation may hold half; a slab more than that is what it can reach.
    if (size > slabBytes || size + keyBytes > most / 2) return;
    if (young.bytes + size + keyBytes > most / 2) {
      old = young;
      young = newGeneration();
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
      const fresh = find(young, group, key);
      if (fresh !== undefined) return fresh;
      const bytes = find(old, group, key);
      if (bytes !== undefined) put(group, key, bytes);
      return bytes;
    },
    set: put,
    delete(group, key) {
      young.groups.get(group)?.delete(key);
      old.groups.get(group)?.delete(key);
    },
    deleteGroup(group) {
      young.groups.delete(group);
      old.groups.delete(group);
    },
    bytes: () => young.bytes + old.bytes,
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
