import type { ExportResource } from '#app/platforms/platform.ts';
import { pageSize, readRows, type Row, type Store } from './resources.ts';

/** Where a walk through a list stands. */
export interface Place {
  /** rows of the list before the next page */
  readonly offset: number;
  /** the last row that was seen; null before the first */
  readonly lastId: string | null;
}

const after = (row: Row, lastId: string | null): boolean => lastId === null || BigInt(row.id) > BigInt(lastId);

/**
 * The next rows of a list in the order of their ids. Pages are counted from the beginning of the list, so that a row
 * that vanishes pushes another one over the edge of a page: each page begins with the last row that was seen, and
 * where that is missing, we step back until we meet what we know.
 */
export async function walkRows(
  store: Store,
  resource: ExportResource,
  query: Readonly<Record<string, string>>,
  place: Place,
): Promise<{ rows: readonly Row[]; next: Place | null; skewMs: number | null }> {
  for (let { offset } = place; ; offset = Math.max(0, offset - pageSize)) {
    const page = await readRows(store, resource, { ...query, orderby: 'id', order: 'asc', offset: String(offset) });
    const first = page.rows[0];
    const lost = place.lastId !== null && offset > 0 && (!first || after(first, place.lastId));
    if (lost) continue;
    const last = page.rows.at(-1);
    const full = page.rows.length >= pageSize && last !== undefined;
    return {
      rows: page.rows.filter((row) => after(row, place.lastId)),
      next: full ? { offset: offset + page.rows.length - 1, lastId: last.id } : null,
      skewMs: page.skewMs,
    };
  }
}
