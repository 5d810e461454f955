import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import type { ExportResource } from '#app/platforms/platform.ts';
import type { Coming, HourOfArrivals, RecordSums, Version } from './model.ts';

/** What came within this counts as in time. */
const inTimeSeconds = 300;
const mostSeconds = 2_147_483_647;

/**
 * Notes versions that are newer than what the mirror holds: to be called before they are written to it, in the same
 * transaction, in the order in which they came. A version counts once, for whichever way it came first; where a webhook
 * speaks of one that reconciliation had already brought, only that is remembered.
 */
export async function noteArrivals(
  scope: ShopScope,
  { way, skewMs, since }: Coming,
  versions: readonly Version[],
  now: Date,
): Promise<void> {
  const keyOf = (version: Version) => `${version.resource} ${version.id} ${String(version.changedAt.getTime())}`;
  const fresh = versions.filter(({ changedAt }) => since === null || changedAt >= since);
  const newest = new Map<string, Date>();
  const first = new Map<string, Version & { overtaken: boolean }>();
  for (const version of fresh) {
    const record = `${version.resource} ${version.id}`;
    const known = newest.get(record);
    const overtaken = known !== undefined && known >= version.changedAt;
    if (!overtaken) newest.set(record, version.changedAt);
    const key = keyOf(version);
    if (!first.has(key)) first.set(key, { ...version, overtaken });
  }
  // Two writers that note the same versions do so in the same order.
  const rows = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, version]) => version);
  if (rows.length === 0) return;
  const late = ({ changedAt }: Version) =>
    Math.max(0, Math.min(mostSeconds, Math.round((now.getTime() + skewMs - changedAt.getTime()) / 1000)));
  const { shopId } = scope;
  await scope.tx.$executeRaw`
    INSERT INTO arrival (shop_id, resource, record_id, changed_at, arrived_at, late_seconds, way)
    SELECT ${shopId}::uuid, input.resource, input.id, input.changed_at, ${now}, input.late, ${way}
    FROM unnest(
      ${toArrayLiteral(rows.map(({ resource }) => resource))}::text[],
      ${toArrayLiteral(rows.map(({ id }) => id))}::text[],
      ${toArrayLiteral(rows.map(({ changedAt }) => changedAt))}::timestamptz[],
      ${toArrayLiteral(rows.map(late))}::int[],
      ${toArrayLiteral(rows.map(({ overtaken }) => overtaken))}::boolean[]) AS input(resource, id, changed_at, late, overtaken)
    WHERE (NOT overtaken AND NOT EXISTS (SELECT 1 FROM "order" WHERE input.resource = 'orders' AND shop_id = ${shopId}::uuid
          AND "order".id = input.id AND platform_updated_at >= input.changed_at)
        AND NOT EXISTS (SELECT 1 FROM product WHERE input.resource = 'products' AND shop_id = ${shopId}::uuid
          AND product.id = input.id AND platform_updated_at >= input.changed_at)
        AND NOT EXISTS (SELECT 1 FROM customer WHERE input.resource = 'customers' AND shop_id = ${shopId}::uuid
          AND customer.id = input.id AND platform_updated_at >= input.changed_at))
      OR (${way} = 'webhook' AND EXISTS (SELECT 1 FROM arrival WHERE shop_id = ${shopId}::uuid
          AND arrival.resource = input.resource AND record_id = input.id AND arrival.changed_at = input.changed_at))
    ON CONFLICT (shop_id, resource, record_id, changed_at) DO UPDATE SET told = true
      WHERE arrival.way = 'reconciliation' AND NOT arrival.told AND excluded.way = 'webhook'`;
}

/** How many records came since, each counted once; a kind of which nothing came is left out. */
export async function readRecordSums(
  scope: ShopScope,
  since: Date,
  only: readonly ExportResource[] = ['orders', 'products', 'customers'],
): Promise<RecordSums[]> {
  const rows = await scope.tx.$queryRaw<
    { resource: string; arrived: number; in_time: number; refilled: number; slowest: number }[]
  >`
    SELECT resource, count(*)::int AS arrived, (count(*) FILTER (WHERE slowest <= ${inTimeSeconds}))::int AS in_time,
      (count(*) FILTER (WHERE refilled))::int AS refilled, max(slowest) AS slowest
    FROM (SELECT resource, record_id, max(late_seconds) AS slowest,
        bool_or(way = 'reconciliation' AND NOT told) AS refilled
      FROM arrival WHERE shop_id = ${scope.shopId}::uuid AND arrived_at >= ${since}
        AND resource = ANY(${toArrayLiteral(only)}::text[])
      GROUP BY 1, 2) AS record
    GROUP BY 1 ORDER BY 1`;
  return rows.map((row) => ({
    resource: row.resource as ExportResource,
    arrived: row.arrived,
    inTime: row.in_time,
    refilled: row.refilled,
    slowestSeconds: row.slowest,
  }));
}

/** What came since, hour by hour; hours in which nothing came are left out. */
export async function readHoursOfArrivals(scope: ShopScope, since: Date): Promise<HourOfArrivals[]> {
  const rows = await scope.tx.$queryRaw<
    { at: Date; resource: string; arrived: number; in_time: number; refilled: number; slowest: number }[]
  >`
    SELECT date_trunc('hour', arrived_at, 'UTC') AS at, resource, count(*)::int AS arrived,
      (count(*) FILTER (WHERE late_seconds <= ${inTimeSeconds}))::int AS in_time,
      (count(*) FILTER (WHERE way = 'reconciliation' AND NOT told))::int AS refilled, max(late_seconds) AS slowest
    FROM arrival WHERE shop_id = ${scope.shopId}::uuid AND arrived_at >= ${since}
    GROUP BY 1, 2 ORDER BY 1, 2`;
  return rows.map((row) => ({
    at: row.at,
    resource: row.resource as ExportResource,
    arrived: row.arrived,
    inTime: row.in_time,
    refilled: row.refilled,
    slowestSeconds: row.slowest,
  }));
}

/** Forgets of which versions of a person's records we know. */
export async function forgetArrivalsOf(scope: ShopScope, customerIds: readonly string[]): Promise<void> {
  await scope.tx.arrival.deleteMany({
    where: { shopId: scope.shopId, resource: 'customers', recordId: { in: [...customerIds] } },
  });
}

/** Forgets arrivals before `before`. */
export async function forgetOldArrivals(scope: SystemScope, before: Date): Promise<number> {
  const { count } = await scope.tx.arrival.deleteMany({ where: { arrivedAt: { lt: before } } });
  return count;
}
