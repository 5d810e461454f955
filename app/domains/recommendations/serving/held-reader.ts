import type { Shelf } from './shelf.ts';

/** Reads by id, first from memory. */
export interface HeldReader<Group extends HeldGroup> {
  /**
   * In the order of the ids, those that do not exist left out. One that is being read already is waited for.
   * @param unpack makes of the bytes what is wanted of them
   */
  read<Value>(group: Group, ids: readonly string[], unpack: Unpack<Value>): Promise<Map<string, Value>>;
  /** Reads what is not in memory yet, for whoever asks for it next. */
  hold(group: Group, ids: readonly string[]): Promise<void>;
  /** From now on these are read anew, null = all of the group; what is under way for them is not kept. */
  forget(group: Group, ids: readonly string[] | null): void;
}

/** The bytes may not be changed; whoever keeps them keeps a megabyte. */
export type Unpack<Value> = (bytes: Buffer, id: string) => Value;

/** What belongs together in memory: entries of another name are never mixed up with these. */
export interface HeldGroup {
  readonly name: string;
}

interface Batch {
  readonly ids: Set<string>;
  readonly found: PromiseWithResolvers<ReadonlyMap<string, Buffer>>;
}

interface Line {
  /** who brings an id that may be kept */
  readonly coming: Map<string, Batch>;
  readonly waiting: Batch[];
  running: number;
}

/** Reads of one group under way at once. What is asked for meanwhile goes together in the next. */
const atOnce = 2;
/** More at once would be waited for by those who asked for few. */
const mostIds = 200;
const absent = Buffer.alloc(0);

/**
 * @param fetch reads from the database; what it does not find does not exist
 * @param missed hears how many of those asked for were not in memory
 */
export function createHeldReader<Group extends HeldGroup>(
  shelf: Shelf,
  fetch: (group: Group, ids: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>,
  missed: (group: Group, ids: number) => void = () => undefined,
): HeldReader<Group> {
  const lines = new Map<string, Line>();

  function askFor(line: Line, id: string): Batch {
    const coming = line.coming.get(id);
    if (coming !== undefined) return coming;
    let batch = line.waiting.at(-1);
    if (batch === undefined || batch.ids.size >= mostIds) {
      batch = { ids: new Set(), found: Promise.withResolvers() };
      // Everybody who waits hears of a failure; whoever has heard of one already looks no further.
      batch.found.promise.catch(() => undefined);
      line.waiting.push(batch);
    }
    batch.ids.add(id);
    line.coming.set(id, batch);
    return batch;
  }

  function work(group: Group, line: Line): void {
    while (line.running < atOnce) {
      const batch = line.waiting.shift();
      if (batch === undefined) break;
      line.running += 1;
      void readBatch(group, line, batch).finally(() => {
        line.running -= 1;
        work(group, line);
        if (line.running === 0 && lines.get(group.name) === line) lines.delete(group.name);
      });
    }
  }

  async function readBatch(group: Group, line: Line, batch: Batch): Promise<void> {
    const found = await fetch(group, [...batch.ids]).catch((error: unknown) => {
      batch.found.reject(error);
      return null;
    });
    for (const id of batch.ids) {
      // Forgotten meanwhile: it may have changed since it was read.
      if (line.coming.get(id) !== batch) continue;
      line.coming.delete(id);
      if (found !== null) shelf.set(group.name, id, found.get(id) ?? absent);
    }
    if (found !== null) batch.found.resolve(found);
  }

  /** Asks for what is not in memory, and tells what is. */
  function begin(
    group: Group,
    ids: readonly string[],
    held: (id: string, bytes: Buffer) => void,
  ): ReadonlyMap<string, Batch> {
    const missing = new Map<string, Batch>();
    let line = lines.get(group.name);
    for (const id of ids) {
      const bytes = shelf.get(group.name, id);
      if (bytes === undefined) {
        if (line === undefined) lines.set(group.name, (line = { coming: new Map(), waiting: [], running: 0 }));
        missing.set(id, askFor(line, id));
      } else if (bytes.length > 0) held(id, bytes);
    }
    if (line !== undefined && missing.size > 0) work(group, line);
    return missing;
  }

  return {
    async read<Value>(group: Group, ids: readonly string[], unpack: Unpack<Value>) {
      const values = new Map<string, Value>();
      const missing = begin(group, ids, (id, bytes) => values.set(id, unpack(bytes, id)));
      if (missing.size === 0) return values;
      missed(group, missing.size);
      const read = new Map<string, Value>();
      for (const id of ids) {
        const batch = missing.get(id);
        const bytes = batch && (await batch.found.promise).get(id);
        const value = bytes === undefined ? values.get(id) : unpack(bytes, id);
        if (value !== undefined) read.set(id, value);
      }
      return read;
    },
    async hold(group, ids) {
      const coming = begin(group, ids, () => undefined);
      await Promise.all([...new Set(coming.values())].map((batch) => batch.found.promise));
    },
    forget(group, ids) {
      const coming = lines.get(group.name)?.coming;
      if (ids === null) {
        coming?.clear();
        shelf.deleteGroup(group.name);
        return;
      }
      for (const id of ids) {
        coming?.delete(id);
        shelf.delete(group.name, id);
      }
    },
  };
}
