import type { ChangePage, ExportResource } from '#app/platforms/platform.ts';
import { completeRows, pageSize, readRows, type Row, type Store } from './resources.ts';
import { walkRows } from './walk.ts';

/**
 * WordPress reads a time without a zone in the zone of the site, and one with a zone it converts to that: only the
 * former compares with GMT columns unchanged. In the hour that daylight saving skips it still moves it by an hour, so
 * that we ask from an hour earlier.
 * Source: WordPress, WP_Date_Query::build_mysql_datetime.
 */
const zoneSlackMs = 3_600_000;

/** What makes a list hold only what changed since; customers know no such filter. */
export function changedAfter(resource: ExportResource, since: Date | null): Record<string, string> {
  if (since === null || resource === 'customers') return {};
  const from = new Date(since.getTime() - zoneSlackMs);
  return { modified_after: from.toISOString().slice(0, 19), dates_are_gmt: 'true' };
}

/** WooCommerce keeps whole seconds, by a clock that may be behind ours. */
const byTheirClock = (since: Date, skewMs: number | null): number => since.getTime() + Math.min(0, skewMs ?? 0) - 1_000;

const isNew = (row: Row, since: Date, skewMs: number | null): boolean => {
  const at = row.changedAt ?? row.createdAt;
  return at === null || at.getTime() >= byTheirClock(since, skewMs);
};

/** In the order of ids: what changes again while the pages are read keeps its place, and nothing is passed over. */
export async function readChanges(
  store: Store,
  resource: ExportResource,
  since: Date,
  page: string | null,
): Promise<ChangePage> {
  if (resource === 'customers') return readChangedCustomers(store, since, page);
  const [offset = '0', lastId = ''] = (page ?? '0~').split('~');
  const place = { offset: Number(offset), lastId: lastId === '' ? null : lastId };
  const { rows, next, skewMs } = await walkRows(store, resource, changedAfter(resource, since), place);
  const records = await completeRows(rows.filter((row) => isNew(row, since, skewMs)));
  return { records, next: next && `${String(next.offset)}~${next.lastId ?? ''}`, skewMs };
}

/**
 * Up to so many customers are all looked at; of more only those who registered since. Webhooks tell the rest, and what
 * they do not, the daily comparison.
 */
const customersLookedAt = 5_000;

async function readChangedCustomers(store: Store, since: Date, page: string | null): Promise<ChangePage> {
  const number = page === null ? 1 : Number(page);
  const { rows, total, skewMs } = await readRows(store, 'customers', {
    orderby: 'registered_date',
    order: 'desc',
    page: String(number),
  });
  const oldest = rows.at(-1);
  const further =
    rows.length >= pageSize &&
    oldest !== undefined &&
    ((total ?? 0) <= customersLookedAt ||
      (oldest.createdAt !== null && oldest.createdAt.getTime() >= byTheirClock(since, skewMs)));
  return {
    records: await completeRows(rows.filter((row) => isNew(row, since, skewMs))),
    next: further ? String(number + 1) : null,
    skewMs,
  };
}
