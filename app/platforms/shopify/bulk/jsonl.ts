/** One top-level object of a bulk result with everything below it. */
export interface BulkObject {
  readonly id: string;
  readonly root: Record<string, unknown>;
  readonly children: readonly Record<string, unknown>[];
}

/** `late`: ids of top-level objects some of whose lines came too far apart; they must be read one by one. */
export interface BulkRest {
  readonly late: readonly string[];
}

export interface BulkWindow {
  /** top-level objects held open for children that may still come */
  readonly roots: number;
  /** children held whose parent has not come yet */
  readonly orphans: number;
}

const defaultWindow: BulkWindow = { roots: 200, orphans: 5_000 };

/**
 * Puts the lines of a bulk result together: each top-level object with the lines that name it in
 * `__parentId`. Shopify promises no order for ungrouped results, so a window of objects stays open; what falls
 * out of the window is not lost but returned as `late`. Memory is bounded by the window, whatever the file's
 * size. The order of what is yielded depends on the file alone, so that a reader can skip what it has had.
 */
export async function* groupBulkLines(
  lines: AsyncIterable<string>,
  window: BulkWindow = defaultWindow,
): AsyncGenerator<BulkObject, BulkRest> {
  const open = new Map<string, { root: Record<string, unknown>; children: Record<string, unknown>[] }>();
  const orphans = new Map<string, Record<string, unknown>[]>();
  const late = new Set<string>();
  let orphanCount = 0;

  for await (const line of lines) {
    if (line.trim() === '') continue;
    const object = JSON.parse(line) as Record<string, unknown>;
    const parentId = object['__parentId'];
    if (typeof parentId === 'string') {
      const parent = open.get(parentId);
      if (parent) parent.children.push(object);
      else if (!late.has(parentId)) {
        orphans.set(parentId, [...(orphans.get(parentId) ?? []), object]);
        orphanCount += 1;
        if (orphanCount > window.orphans) {
          for (const id of orphans.keys()) late.add(id);
          orphans.clear();
          orphanCount = 0;
        }
      }
      continue;
    }
    const id = object['id'];
    if (typeof id !== 'string') throw new Error('a line of the bulk result has no id');
    const early = orphans.get(id);
    orphans.delete(id);
    orphanCount -= early?.length ?? 0;
    open.set(id, { root: object, children: early ?? [] });
    if (open.size > window.roots) {
      const [oldest] = open.entries();
      if (oldest) {
        open.delete(oldest[0]);
        yield { id: oldest[0], ...oldest[1] };
      }
    }
  }
  for (const [id, entry] of open) yield { id, ...entry };
  for (const id of orphans.keys()) late.add(id);
  return { late: [...late] };
}

/** Splits a stream of UTF-8 bytes into lines; characters that are cut between chunks stay whole. */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
