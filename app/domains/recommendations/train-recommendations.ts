import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { TrainingReport } from './model.ts';
import { givenWork, readPlan } from './chunked/store.ts';
import { writeClickEffects } from './merchandising/store-clicks.ts';
import { runTrainingThread } from './run-training-thread.ts';
import { readActiveVersion, readCatalog, streamOrderLines } from './store.ts';
import { givenLines, withViews } from './training-messages.ts';
import { streamViews } from './view-store.ts';
import { type VersionStats, versionStatsSchema } from './version-stats.ts';
import {
  activateVersion,
  deleteChunkWork,
  deleteRetired,
  emptyVersion,
  holdOpenVersion,
  openVersion,
  TrainingSuperseded,
  writeLists,
} from './version-store.ts';

/** Where a training stands; `done` of `total` is comparable from call to call (0 to 100). */
export interface TrainingProgress {
  readonly stage: 'reading' | 'learning' | 'writing' | 'switching';
  readonly done: number;
  readonly total: number;
}

export interface TrainingResult {
  readonly version: number;
  readonly report: TrainingReport;
  readonly lists: number;
  readonly seconds: number;
}

/** Where on the progress bar the stages begin; a rough guess of their durations. */
const learningFrom = 10;
const writingFrom = 70;

/** The version that a training writes, and what it learns from. */
interface Opened {
  readonly version: number;
  readonly begun: Date;
  /** in how many the co-purchases were counted; 0 = not in chunks */
  readonly chunks: number;
}

/**
 * Trains a shop anew and switches its readers to the result at once. May be killed at any point and run again:
 * the active version stays untouched until the switch, and a new run removes what an unfinished one left.
 * @param prepared the version of a training whose history is stored and counted in chunks (`prepareTraining`); what is
 * missing of them is counted here. The result is that of a training in one go, bit for bit. A try that comes after the
 * switch only tidies up
 * @throws TrainingSuperseded when another training of the same shop began meanwhile; the signal's reason when aborted
 */
export async function trainRecommendations(
  services: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  onProgress: (progress: TrainingProgress) => Promise<void>,
  signal: AbortSignal,
  prepared?: number,
): Promise<TrainingResult> {
  const { db, clock } = services;
  await onProgress({ stage: 'reading', done: 0, total: 100 });
  const switched = prepared === undefined ? null : await db.inShop(shopId, (scope) => statsOf(scope, prepared));
  if (prepared !== undefined && switched !== null) {
    await tidyUp(services, shopId, prepared, onProgress);
    const { report, lists, seconds } = switched;
    return { version: prepared, report, lists, seconds };
  }
  const { version, begun, chunks } = await db.inShop(shopId, (scope) => open(scope, prepared, clock.now()));
  const catalog = await db.inShop(shopId, readCatalog);
  let lists = 0;
  const perSource: Record<string, number> = {};
  const { report, lastOrderAt } = await runTrainingThread({
    given: withViews(
      chunks === 0 ? givenLines(streamOrderLines(db, shopId, clock.now())) : givenWork(db, shopId, version),
      streamViews(db, shopId, begun),
    ),
    order: { kind: 'train', catalog, chunks },
    signal,
    onStep: ({ done, total }) =>
      onProgress({
        stage: 'learning',
        done: Math.round(learningFrom + ((writingFrom - learningFrom) * done) / total),
        total: 100,
      }),
    async onLists(rows, done, total) {
      signal.throwIfAborted();
      await db.inShop(shopId, (scope) => writeLists(scope, version, rows));
      lists += rows.filter((row) => row.surface !== 'voices' && row.surface !== 'for-cart').length;
      for (const { source } of rows.flatMap((row) => row.suggestions)) perSource[source] = (perSource[source] ?? 0) + 1;
      await onProgress({
        stage: 'writing',
        done: Math.round(writingFrom + ((98 - writingFrom) * done) / total),
        total: 100,
      });
    },
  });
  await onProgress({ stage: 'switching', done: 98, total: 100 });
  const now = clock.now();
  const seconds = Math.max(0, (now.getTime() - begun.getTime()) / 1000);
  const stats: VersionStats = versionStatsSchema.parse({
    report,
    lists,
    perSource,
    seconds,
    lastOrderAt: lastOrderAt === null ? null : new Date(lastOrderAt).toISOString(),
  });
  await db.inShop(
    shopId,
    async (scope) => {
      await holdOpenVersion(scope, version);
      await writeClickEffects(scope, version, begun);
    },
    { timeoutMs: 120_000 },
  );
  await db.inShop(shopId, (scope) =>
    activateVersion(scope, version, stats, lastOrderAt === null ? null : new Date(lastOrderAt), now),
  );
  await tidyUp(services, shopId, version, onProgress);
  return { version, report, lists, seconds };
}

/** Takes away what nobody reads any more once readers have the version; what some read for a moment longer goes with the next new orders. */
async function tidyUp(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  version: number,
  onProgress: (progress: TrainingProgress) => Promise<void>,
): Promise<void> {
  await db.inShop(shopId, (scope) => deleteChunkWork(scope, version), { timeoutMs: 120_000 });
  await db.inShop(shopId, (scope) => deleteRetired(scope, clock.now()), { timeoutMs: 120_000 });
  await onProgress({ stage: 'switching', done: 100, total: 100 });
}

/** What a training found, where readers have its version already: it was stopped after the switch. */
async function statsOf(scope: ShopScope, version: number): Promise<VersionStats | null> {
  const active = await readActiveVersion(scope);
  return active?.version === version ? versionStatsSchema.parse(active.stats) : null;
}

/** True where readers have this version: whoever trained it was stopped with nothing but tidying up to do. */
export async function isVersionActive(scope: ShopScope, version: number): Promise<boolean> {
  return (await readActiveVersion(scope))?.version === version;
}

async function open(scope: ShopScope, prepared: number | undefined, now: Date): Promise<Opened> {
  if (prepared === undefined) return { version: await openVersion(scope, now), begun: now, chunks: 0 };
  await holdOpenVersion(scope, prepared);
  const plan = await readPlan(scope, prepared);
  if (plan === null) throw new TrainingSuperseded();
  await emptyVersion(scope, prepared);
  return { version: prepared, begun: plan.begunAt, chunks: plan.chunks };
}
