import type { ExportResource, ExportState, ExportToken, PlatformRecord } from '#app/platforms/platform.ts';
import { PlatformRefusal } from '#app/platforms/platform.ts';
import { completeRows, readRows, type Store } from './resources.ts';
import { changedAfter } from './changes.ts';
import { type Place, walkRows } from './walk.ts';

interface Export {
  readonly resource: ExportResource;
  /** rows in the list when the export began */
  readonly total: number;
  readonly since: Date | null;
}

const writeToken = ({ resource, total, since }: Export): ExportToken =>
  [resource, total, since?.toISOString() ?? ''].join('~');

function readToken(token: ExportToken): Export {
  const match = /^(products|customers|orders)~(\d{1,9})~(.*)$/.exec(token);
  if (!match) throw new PlatformRefusal('UNKNOWN_EXPORT', 'This is no export of a WooCommerce store.');
  const [, resource, total, since] = match;
  return {
    resource: resource as ExportResource,
    total: Number(total),
    since: since === '' || since === undefined ? null : new Date(since),
  };
}

/** WooCommerce prepares nothing: the lists are read page by page. The token remembers how long the list was. */
export async function startExport(store: Store, resource: ExportResource, since: Date | null): Promise<ExportToken> {
  const { total } = await readRows(store, resource, { per_page: '1', ...changedAfter(resource, since) });
  return writeToken({ resource, total: total ?? 0, since });
}

export function exportState(token: ExportToken): ExportState {
  return { status: 'ready', objects: readToken(token).total };
}

/** Holds two pages at a time: while one is being stored, the next is on its way. */
export async function* readExport(store: Store, token: ExportToken, skip: number): AsyncIterable<PlatformRecord> {
  const { resource, total: before, since } = readToken(token);
  const query = changedAfter(resource, since);
  let place: Place = { offset: skip, lastId: null };
  if (skip > 0) {
    // Rows that vanished since would push others out of sight: what is read twice does no harm.
    const { total } = await readRows(store, resource, { ...query, per_page: '1' });
    place = { offset: Math.max(0, skip - Math.max(0, before - (total ?? before))), lastId: null };
  }
  let ahead: Promise<Walked> | null = readAhead(walkRows(store, resource, query, place));
  while (ahead !== null) {
    const page: Walked = await ahead;
    ahead = page.next && readAhead(walkRows(store, resource, query, page.next));
    yield* await completeRows(page.rows);
  }
}

type Walked = Awaited<ReturnType<typeof walkRows>>;

/** Its failure is told to who waits for it; where nobody does any more (the import was stopped), to nobody. */
function readAhead(page: Promise<Walked>): Promise<Walked> {
  page.catch(() => undefined);
  return page;
}
