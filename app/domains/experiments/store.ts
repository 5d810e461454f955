import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId, type VisitorId } from '#app/shared/ids.ts';
import type { Experiment, ExposureRow } from './model.ts';

interface ExperimentColumns {
  readonly shopId: string;
  readonly key: string;
  readonly salt: string;
  readonly holdoutBps: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

const toExperiment = (row: ExperimentColumns): Experiment => ({ ...row, shopId: toShopId(row.shopId) });

/** The period that runs now, or null before the first one. */
export async function readCurrent(scope: ShopScope, key: string): Promise<Experiment | null> {
  const row = await scope.tx.experiment.findFirst({
    where: { shopId: scope.shopId, key, endedAt: null },
    orderBy: { startedAt: 'desc' },
  });
  return row && toExperiment(row);
}

/** When the first period began in which anybody was held out; null where there was none. */
export async function readBegun(scope: ShopScope, key: string): Promise<Date | null> {
  const row = await scope.tx.experiment.findFirst({
    where: { shopId: scope.shopId, key, holdoutBps: { gt: 0 } },
    orderBy: { startedAt: 'asc' },
    select: { startedAt: true },
  });
  return row?.startedAt ?? null;
}

/** Makes changes of one shop's experiments queue up until the transaction ends. */
export async function lockExperiments(scope: ShopScope): Promise<void> {
  await scope.tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`experiments ${scope.shopId}`}, 0))::text`;
}

export async function startPeriod(scope: ShopScope, end: Experiment | null, begin: Experiment): Promise<void> {
  if (end) {
    await scope.tx.experiment.updateMany({
      where: { shopId: scope.shopId, key: end.key, endedAt: null },
      data: { endedAt: end.endedAt },
    });
  }
  await scope.tx.experiment.create({ data: { ...begin, shopId: scope.shopId } });
}

/** Periods of these shops that were running at `since` or later. */
export async function readPeriodsSince(
  scope: SystemScope,
  shopIds: readonly ShopId[],
  since: Date,
): Promise<Experiment[]> {
  const rows = await scope.tx.experiment.findMany({
    where: { shopId: { in: [...shopIds] }, OR: [{ endedAt: null }, { endedAt: { gt: since } }] },
  });
  return rows.map(toExperiment);
}

const rowKey = ({ shopId, visitorId, experiment }: ExposureRow) => `${shopId}${visitorId}${experiment}`;

/** Stores first exposures; a known one only ever moves to an earlier moment, its arm never changes. */
export async function insertExposures(scope: SystemScope, rows: readonly ExposureRow[]): Promise<void> {
  if (rows.length === 0) return;
  // Sorted, so that two processes that store the same visitors lock the rows in the same order.
  const sorted = rows.toSorted((a, b) => (rowKey(a) < rowKey(b) ? -1 : 1));
  await scope.tx.$executeRaw`
    INSERT INTO exposure AS known (shop_id, experiment, visitor_id, arm, first_seen_at, crowd)
    SELECT "shopId", experiment, "visitorId", arm, "firstSeenAt", crowd
    FROM jsonb_to_recordset(${JSON.stringify(sorted)}::jsonb)
      AS new ("shopId" uuid, experiment text, "visitorId" text, arm text, "firstSeenAt" timestamptz, crowd boolean)
    ON CONFLICT (shop_id, experiment, visitor_id) DO UPDATE SET first_seen_at = EXCLUDED.first_seen_at
    WHERE known.first_seen_at > EXCLUDED.first_seen_at`;
}

/**
 * Visitors who turned out to be a crowd count only with an order from now on. Those of whom anything was heard before
 * `since` are no part of it; when something happened is the browser's own word.
 */
export async function leaveOutVisitors(scope: ShopScope, visitorIds: readonly VisitorId[], since: Date): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE exposure e SET crowd = true
    WHERE shop_id = ${scope.shopId}::uuid AND visitor_id = ANY(${[...visitorIds]}::text[]) AND NOT EXISTS (
      SELECT FROM signal s WHERE s.shop_id = e.shop_id AND s.visitor_id = e.visitor_id AND s.received_at < ${since})`;
}

/** Forgets exposures older than `before`, at most `limit` at once; returns how many went. */
export async function deleteExposuresBefore(scope: ShopScope, before: Date, limit: number): Promise<number> {
  return scope.tx.$executeRaw`
    DELETE FROM exposure WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM exposure WHERE shop_id = ${scope.shopId}::uuid AND first_seen_at < ${before} LIMIT ${limit}))`;
}

/** Forgets which arm these visitors were in. As one array: there may be more of them than parameters of a statement. */
export async function deleteExposuresOf(scope: ShopScope, visitorIds: readonly string[]): Promise<number> {
  return scope.tx.$executeRaw`
    DELETE FROM exposure WHERE shop_id = ${scope.shopId}::uuid AND visitor_id = ANY(${[...visitorIds]}::text[])`;
}

/** Which arm these visitors are in since when, for a customer who asks for their data. */
export async function readExposuresOf(
  scope: ShopScope,
  visitorIds: readonly string[],
): Promise<Omit<ExposureRow, 'shopId' | 'crowd'>[]> {
  return scope.tx.$queryRaw<Omit<ExposureRow, 'shopId' | 'crowd'>[]>`
    SELECT experiment, visitor_id AS "visitorId", arm, first_seen_at AS "firstSeenAt" FROM exposure
    WHERE shop_id = ${scope.shopId}::uuid AND visitor_id = ANY(${[...visitorIds]}::text[]) ORDER BY first_seen_at`;
}
