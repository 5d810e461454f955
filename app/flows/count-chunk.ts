import { readRun, saveProgress } from '#app/domains/activity/index.ts';
import { chunksLeft, countTrainingChunk } from '#app/domains/recommendations/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';
import { countingPercent } from './training-progress.ts';

const heartbeatEveryMs = 10_000;

interface Chunk {
  readonly shopId: ShopId;
  readonly runId: string;
  readonly attempt: number;
  readonly version: number;
  readonly chunk: number;
}

/** Counts one chunk of a run's training. May run any number of times; nothing happens where the run is over. */
const countChunk: JobHandler<Chunk> = async (payload, { services, signal }) => {
  const { shopId, runId, attempt, version } = payload;
  const { db, clock, log } = services;
  if (!(await findConnectedShop(services, shopId))) return;
  const run = await db.inShop(shopId, (scope) => readRun(scope, runId));
  if (run?.status !== 'queued' && run?.status !== 'running') return;
  const hold = { id: runId, attempt };
  const report = () =>
    db.inShop(shopId, async (scope) => {
      // Takes the run's row first, so that of two workers the later one reports the higher count.
      if (!(await saveProgress(scope, hold, { now: clock.now() }))) return;
      const left = await chunksLeft(scope, version);
      if (left === null) return;
      const done = countingPercent(left.done, left.total);
      await saveProgress(scope, hold, { stage: 'counting', done, total: 100, now: clock.now() });
    });
  await report();
  const heart = setInterval(() => {
    db.inShop(shopId, (scope) => saveProgress(scope, hold, { now: clock.now() })).catch((error: unknown) => {
      log.warn({ shopId, runId, err: error }, 'heartbeat of a chunk failed');
    });
  }, heartbeatEveryMs);
  try {
    await countTrainingChunk(services, shopId, payload, signal);
    await report();
  } finally {
    clearInterval(heart);
  }
};

export default countChunk;
