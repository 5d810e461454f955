import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { TrainingReport } from './model.ts';
import { runTrainingThread } from './run-training-thread.ts';
import { readCatalog, streamOrderLines } from './store.ts';
import { type VersionStats, versionStatsSchema } from './version-stats.ts';
import { activateVersion, deleteRetired, openVersion, writeLists } from './version-store.ts';

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

/**
 * Trains a shop anew and switches its readers to the result at once. May be killed at any point and run again:
 * the active version stays untouched until the switch, and a new run removes what an unfinished one left.
 * @throws TrainingSuperseded when another training of the same shop began meanwhile; the signal's reason when aborted
 */
export async function trainRecommendations(
  services: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  onProgress: (progress: TrainingProgress) => Promise<void>,
  signal: AbortSignal,
): Promise<TrainingResult> {
  const { db, clock } = services;
  const begun = clock.now();
  await onProgress({ stage: 'reading', done: 0, total: 100 });
  const version = await db.inShop(shopId, (scope) => openVersion(scope, begun));
  const catalog = await db.inShop(shopId, readCatalog);
  let lists = 0;
  const perSource: Record<string, number> = {};
  const { report, lastOrderAt } = await runTrainingThread({
    lines: streamOrderLines(db, shopId),
    catalog,
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
      lists += rows.filter((row) => row.surface !== 'voices').length;
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
  await db.inShop(shopId, (scope) =>
    activateVersion(scope, version, stats, lastOrderAt === null ? null : new Date(lastOrderAt), now),
  );
  await db.inShop(shopId, deleteRetired, { timeoutMs: 120_000 });
  await onProgress({ stage: 'switching', done: 100, total: 100 });
  return { version, report, lists, seconds };
}
