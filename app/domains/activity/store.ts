import type { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope, SystemScope, Tx } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { type Run, type RunKind, runKinds, type RunStatus, runStatuses } from './model.ts';

const toJson = (value: Readonly<Record<string, unknown>>) => JSON.parse(toJsonb(value)) as Prisma.InputJsonObject;

type Row = NonNullable<Awaited<ReturnType<Tx['run']['findUnique']>>>;

/** The file of a data request is personal and large: it is read by its own name only (`readDataFile`). */
function resultOf(row: Row): Run['result'] {
  const { document: _document, ...numbers } = row.result as Record<string, unknown>;
  return numbers;
}

function toRun(row: Row): Run {
  return {
    id: row.id,
    kind: row.kind as RunKind,
    status: row.status as RunStatus,
    stage: row.stage,
    done: row.done,
    total: row.total,
    cursor: row.cursor as Run['cursor'],
    result: resultOf(row),
    error: row.error,
    attempts: row.attempts,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}

/** A publication that runs has read what it publishes: a later change needs another one. Other kinds run to the end. */
const openStatuses = (kind: RunKind): RunStatus[] =>
  kind === 'publish' || kind === 'publish-bundles' ? ['queued'] : ['queued', 'running'];

/** Adds a run, unless one of the kind is open that will see the newest data: then that one is returned. */
export async function addRun(
  scope: ShopScope,
  values: { id: string; kind: RunKind; cursor?: Record<string, unknown>; now: Date },
): Promise<Run> {
  // Two clicks at once must not make two runs: the lock serialises the look and the insert.
  await scope.tx
    .$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`run:${scope.shopId}:${values.kind}`}, 0))::text`;
  // Two people may ask for their data at once: each has a run, known by its id.
  const same =
    values.kind === 'data-request'
      ? { id: values.id }
      : { kind: values.kind, status: { in: openStatuses(values.kind) } };
  const open = await scope.tx.run.findFirst({ where: { shopId: scope.shopId, ...same } });
  if (open) return toRun(open);
  const { id, kind, now } = values;
  const cursor = toJson(values.cursor ?? {});
  return toRun(
    await scope.tx.run.create({ data: { id, shopId: scope.shopId, kind, cursor, createdAt: now, heartbeatAt: now } }),
  );
}

export async function readRun(scope: ShopScope, id: string): Promise<Run | null> {
  const row = await scope.tx.run.findFirst({ where: { shopId: scope.shopId, id } });
  return row && toRun(row);
}

/** Newest first. */
export async function listRuns(
  scope: ShopScope,
  options: { limit: number; kind?: RunKind; status?: RunStatus },
): Promise<Run[]> {
  const { kind, status } = options;
  const rows = await scope.tx.run.findMany({
    where: { shopId: scope.shopId, ...(kind ? { kind } : {}), ...(status ? { status } : {}) },
    orderBy: { createdAt: 'desc' },
    take: options.limit,
  });
  return rows.map(toRun);
}

/** What is under way, and of each kind the newest run of each outcome, however long ago it was; newest first. */
export async function listCurrentRuns(scope: ShopScope): Promise<Run[]> {
  // One step in the index for each kind and outcome, however many runs are kept.
  const ids = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT newest.id::text AS id
    FROM unnest(${[...runKinds]}::text[]) AS asked_kind, unnest(${[...runStatuses]}::text[]) AS asked_status,
      LATERAL (SELECT id FROM run WHERE shop_id = ${scope.shopId}::uuid AND kind = asked_kind AND status = asked_status
        ORDER BY created_at DESC LIMIT 1) AS newest
    UNION
    SELECT id::text FROM run WHERE shop_id = ${scope.shopId}::uuid AND kind = ANY(${[...runKinds]}::text[])
      AND status IN ('queued', 'running')`;
  const rows = await scope.tx.run.findMany({
    where: { shopId: scope.shopId, id: { in: ids.map(({ id }) => id) } },
    orderBy: { createdAt: 'desc' },
  });
  return rows.map(toRun);
}

/** A run whose worker has been silent for this long is taken for dead. */
export const silentMs = 60_000;

/** True while a worker is at this run or another of its kind: two publications at once could leave the older one's word. */
export async function isKindBusy(scope: ShopScope, run: Pick<Run, 'id' | 'kind'>, now: Date): Promise<boolean> {
  const kinds: RunKind[] =
    run.kind === 'publish' || run.kind === 'publish-bundles' ? ['publish', 'publish-bundles'] : [run.kind];
  const since = new Date(now.getTime() - silentMs);
  const only = run.kind === 'data-request' ? { id: run.id } : {};
  const where = { shopId: scope.shopId, kind: { in: kinds }, status: 'running', heartbeatAt: { gt: since }, ...only };
  return (await scope.tx.run.count({ where })) > 0;
}

/** Makes starts of one shop's runs queue up until the transaction ends, so that of two only one finds nobody at work. */
export async function lockStarts(scope: ShopScope): Promise<void> {
  await scope.tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`run-start:${scope.shopId}`}, 0))::text`;
}

/** One worker's hold on a run. Whoever starts the run again counts `attempt` up and takes it from the one before. */
export interface RunHold {
  readonly id: string;
  readonly attempt: number;
}

const held = (scope: ShopScope, { id, attempt }: RunHold) => ({
  shopId: scope.shopId,
  id,
  attempts: attempt,
  status: 'running',
});

/** Marks a run as started (again). Null when it was finished or cancelled meanwhile. */
export async function markRunStarted(scope: ShopScope, id: string, now: Date): Promise<RunHold | null> {
  const [row] = await scope.tx.$queryRaw<{ attempts: number }[]>`
    UPDATE run SET status = 'running', attempts = attempts + 1, started_at = coalesce(started_at, ${now}), heartbeat_at = ${now}, error = NULL
    WHERE shop_id = ${scope.shopId}::uuid AND id = ${id}::uuid AND status IN ('queued', 'running')
    RETURNING attempts`;
  return row ? { id, attempt: row.attempts } : null;
}

/** Lays a run down for the next try, with its cursor. */
export async function markRunWaiting(scope: ShopScope, hold: RunHold, now: Date): Promise<void> {
  await scope.tx.run.updateMany({
    where: held(scope, hold),
    data: { status: 'queued', heartbeatAt: now },
  });
}

/** Saves how far a run is. False when it was cancelled or another worker has it now: the work must stop. */
export async function saveProgress(
  scope: ShopScope,
  hold: RunHold,
  change: { stage?: string; done?: number; total?: number; cursor?: Record<string, unknown>; now: Date },
): Promise<boolean> {
  const { count } = await scope.tx.run.updateMany({
    where: held(scope, hold),
    data: {
      heartbeatAt: change.now,
      ...(change.stage === undefined ? {} : { stage: change.stage }),
      ...(change.done === undefined ? {} : { done: change.done }),
      ...(change.total === undefined ? {} : { total: change.total }),
      ...(change.cursor === undefined ? {} : { cursor: toJson(change.cursor) }),
    },
  });
  return count > 0;
}

/** Ends a run, unless it was cancelled or another worker has it now. */
export async function markRunFinished(
  scope: ShopScope,
  hold: RunHold,
  end: { status: 'succeeded' | 'failed' | 'cancelled'; error?: string; result?: Record<string, unknown>; now: Date },
): Promise<void> {
  await scope.tx.run.updateMany({
    where: held(scope, hold),
    data: {
      status: end.status,
      error: end.error?.replaceAll('\0', '') ?? null,
      result: toJson(end.result ?? {}),
      finishedAt: end.now,
      heartbeatAt: end.now,
    },
  });
}

/** Puts a failed run back in line; its cursor stays, so it goes on where it stopped. */
export async function reopenRun(scope: ShopScope, id: string, now: Date): Promise<Run | null> {
  const { count } = await scope.tx.run.updateMany({
    where: { shopId: scope.shopId, id, status: { in: ['failed', 'cancelled'] } },
    data: { status: 'queued', error: null, finishedAt: null, heartbeatAt: now },
  });
  return count > 0 ? readRun(scope, id) : null;
}

/** Ends what is open, except answers to people who asked for their data: those are owed after an uninstall too. */
export async function cancelRuns(scope: ShopScope, now: Date): Promise<number> {
  const { count } = await scope.tx.run.updateMany({
    where: { shopId: scope.shopId, status: { in: ['queued', 'running'] }, kind: { not: 'data-request' } },
    data: { status: 'cancelled', finishedAt: now },
  });
  return count;
}

export interface StaleRun {
  readonly shopId: ShopId;
  readonly id: string;
  readonly kind: RunKind;
}

/**
 * Lays down the runs of all shops whose worker has been silent since `before`: killed, or their job was lost.
 * A worker that was only slow finds that the run is no longer its own and stops.
 */
export async function takeStaleRuns(scope: SystemScope, before: Date, now: Date): Promise<StaleRun[]> {
  const rows = await scope.tx.$queryRaw<{ id: string; shop_id: string; kind: string }[]>`
    UPDATE run SET heartbeat_at = ${now}, status = 'queued' WHERE id IN (
      SELECT id FROM run WHERE status IN ('queued', 'running') AND heartbeat_at < ${before} ORDER BY heartbeat_at LIMIT 100 FOR UPDATE SKIP LOCKED)
    RETURNING id::text, shop_id::text, kind`;
  return rows.map((row) => ({ shopId: toShopId(row.shop_id), id: row.id, kind: row.kind as RunKind }));
}

/** Forgets finished runs older than `before`. */
export async function deleteOldRuns(scope: SystemScope, before: Date): Promise<number> {
  const { count } = await scope.tx.run.deleteMany({
    where: { status: { in: ['succeeded', 'failed', 'cancelled'] }, finishedAt: { lt: before } },
  });
  return count;
}
