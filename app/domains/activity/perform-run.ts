import { JobPostponed } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformUnavailable } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Run } from './model.ts';
import {
  isKindBusy,
  lockStarts,
  markRunFinished,
  markRunStarted,
  markRunWaiting,
  readRun,
  saveProgress,
} from './store.ts';

/** The merchant cancelled the run, the shop uninstalled the app, or another worker took the run over. */
export class RunCancelled extends Error {}

/** Another run of the same kind is at work in this shop: this one comes after it, however long that takes. */
export class RunBusy extends JobPostponed {}

/** What `work` returns where jobs of their own go on with the run: it stays at work, and one of them ends it. */
export const handedOn = Symbol('handed on');

export interface RunProgress {
  /** counts the tries of the run; what goes on with it reports under this number (`saveProgress`) */
  readonly attempt: number;
  /** Counts for the progress bar; written at most twice a second. */
  report(stage: string, done: number, total: number): Promise<void>;
  /** Saves where to go on after a kill, at once. @throws RunCancelled */
  save(cursor: Record<string, unknown>, done?: number, total?: number): Promise<void>;
}

const reportEveryMs = 500;
const heartbeatEveryMs = 10_000;

/**
 * Does the work of a run with its bookkeeping: started, progress, heartbeat, finished or failed. A run that is
 * finished already does nothing. `lastAttempt` decides whether an error (or that the time is up) ends the run or
 * leaves it to the queue's next try; a shutdown always leaves it. `continues` is the try that handed the run on to
 * this job, which may begin although the run is at work.
 * @throws what `work` throws, so that the queue tries again
 */
export async function performRun(
  services: Services,
  ids: { shopId: ShopId; runId: string },
  attempt: { lastAttempt: boolean; signal: AbortSignal; continues?: number },
  work: (run: Run, progress: RunProgress) => Promise<Record<string, unknown> | typeof handedOn>,
): Promise<'succeeded' | 'skipped' | 'cancelled' | 'handed-on'> {
  const { db, clock } = services;
  const { shopId, runId } = ids;
  const started = await db.inShop(shopId, async (scope) => {
    await lockStarts(scope);
    const known = await readRun(scope, runId);
    if (!known) return null;
    const { continues } = attempt;
    if (continues !== known.attempts && (await isKindBusy(scope, known, clock.now()))) {
      // Who took the run over goes on with it as well.
      if (continues !== undefined) return null;
      throw new RunBusy('a run of this kind is at work, this one comes after it');
    }
    const hold = await markRunStarted(scope, runId, clock.now());
    return hold && { run: known, hold };
  });
  if (!started) return 'skipped';
  const { run, hold } = started;

  const write = async (change: Parameters<typeof saveProgress>[2]) => {
    const alive = await db.inShop(shopId, (scope) => saveProgress(scope, hold, change));
    if (!alive) throw new RunCancelled('the run was cancelled or taken over');
  };
  let reportedAt = 0;
  let reportedStage = '';
  const progress: RunProgress = {
    attempt: hold.attempt,
    async report(stage, done, total) {
      attempt.signal.throwIfAborted();
      const now = clock.now();
      if (stage === reportedStage && now.getTime() - reportedAt < reportEveryMs) return;
      reportedAt = now.getTime();
      reportedStage = stage;
      await write({ stage, done, total, now });
    },
    async save(cursor, done, total) {
      await write({
        cursor,
        ...(done === undefined ? {} : { done }),
        ...(total === undefined ? {} : { total }),
        now: clock.now(),
      });
    },
  };
  // Long silent steps (a training, a wait for an export) must not look like a dead worker.
  const heart = setInterval(() => {
    db.inShop(shopId, (scope) => saveProgress(scope, hold, { now: clock.now() })).catch((error: unknown) => {
      services.log.warn({ shopId, runId, err: error }, 'heartbeat of a run failed');
    });
  }, heartbeatEveryMs);

  try {
    const result = await work(run, progress);
    if (result === handedOn) return 'handed-on';
    await db.inShop(shopId, (scope) => markRunFinished(scope, hold, { status: 'succeeded', result, now: clock.now() }));
    return 'succeeded';
  } catch (error) {
    if (error instanceof RunCancelled) return 'cancelled';
    if (attempt.signal.aborted && !isTimeout(attempt.signal.reason)) {
      await db.inShop(shopId, (scope) => markRunWaiting(scope, hold, clock.now()));
      throw error;
    }
    services.log.error({ shopId, runId, kind: run.kind, err: error }, 'a run failed');
    await db.inShop(shopId, (scope) =>
      attempt.lastAttempt
        ? markRunFinished(scope, hold, { status: 'failed', error: explain(error), now: clock.now() })
        : markRunWaiting(scope, hold, clock.now()),
    );
    throw error;
  } finally {
    clearInterval(heart);
  }
}

const isTimeout = (reason: unknown): boolean => reason instanceof Error && reason.name === 'TimeoutError';

/** A sentence for the merchant; details stay in the log. */
function explain(error: unknown): string {
  if (error instanceof PlatformUnavailable)
    return error.advice ?? 'The store’s platform could not be reached. Try again in a few minutes.';
  if (error instanceof Error && error.name === 'PlatformAccessLost')
    return 'Trellis has no access to the store any more. Open the app in your admin to renew it, then try again.';
  if (error instanceof Error && error.name === 'PlatformRefusal')
    return `The store’s platform refused: ${error.message}`;
  if (isTimeout(error)) return 'It took too long and was stopped. Try again: it goes on where it was.';
  return 'Something went wrong on our side. Try again; if it fails again, contact support.';
}
