import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';

/*
 * What a clock starts, for all shops. Nothing enqueues one of these itself.
 */

const nothing = z.object({});

const hour = 3_600_000;

const schedule = (pattern: string) => ({ pattern, payload: {} });

/** Picks up webhooks and runs whose job was lost or whose worker was killed. */
export const sweep = defineJob({
  id: 'upkeep.sweep',
  queue: 'upkeep',
  schema: nothing,
  attempts: 1,
  backoffMs: 1_000,
  schedule: schedule('* * * * *'),
  load: () => import('./sweep.ts'),
});

export const reconcileAllShops = defineJob({
  id: 'upkeep.reconcile',
  queue: 'upkeep',
  schema: nothing,
  attempts: 3,
  backoffMs: 60_000,
  schedule: schedule('23 * * * *'),
  load: () => import('./reconcile-all-shops.ts'),
});

/** Where the platform does not try a webhook again, what was lost is found soon. */
export const reconcileOften = defineJob({
  id: 'upkeep.reconcile-often',
  queue: 'upkeep',
  schema: nothing,
  attempts: 2,
  backoffMs: 60_000,
  schedule: schedule('4-59/10 * * * *'),
  load: () => import('./reconcile-often.ts'),
});

export const deliverAllBundles = defineJob({
  id: 'upkeep.deliveries',
  queue: 'upkeep',
  schema: nothing,
  attempts: 3,
  backoffMs: 60_000,
  schedule: schedule('*/10 * * * *'),
  load: () => import('./deliver-all-bundles.ts'),
});

/** Every night, in the quiet hours of most shops' time zones. */
export const retrainAllShops = defineJob({
  id: 'upkeep.retrain',
  queue: 'upkeep',
  schema: nothing,
  attempts: 3,
  backoffMs: 60_000,
  schedule: schedule('41 2 * * *'),
  load: () => import('./retrain-all-shops.ts'),
});

/** Each hour: does what was bought lately still come as the model thinks? */
export const watchDriftOfAllShops = defineJob({
  id: 'upkeep.watch-drift',
  queue: 'upkeep',
  schema: nothing,
  attempts: 2,
  backoffMs: 60_000,
  schedule: schedule('9 * * * *'),
  load: () => import('./watch-drift.ts'),
});

/** Tokens die after 90 idle days. */
export const keepTokensAlive = defineJob({
  id: 'upkeep.tokens',
  queue: 'upkeep',
  schema: nothing,
  attempts: 5,
  backoffMs: 60_000,
  schedule: schedule('7 4 * * *'),
  load: () => import('./keep-tokens-alive.ts'),
});

export const forgetOldRecords = defineJob({
  id: 'upkeep.forget',
  queue: 'upkeep',
  schema: nothing,
  attempts: 3,
  backoffMs: 60_000,
  schedule: schedule('52 3 * * *'),
  load: () => import('./forget-old-records.ts'),
});

/** Reads every running experiment, keeps the day's reading, and ends those that lose money or found nothing. */
export const judgeExperiments = defineJob({
  id: 'upkeep.experiments',
  queue: 'upkeep',
  schema: nothing,
  attempts: 3,
  backoffMs: 60_000,
  timeoutMs: hour,
  schedule: schedule('11 * * * *'),
  load: () => import('./judge-experiments.ts'),
});

export const upkeepJobs = [
  sweep,
  reconcileAllShops,
  reconcileOften,
  deliverAllBundles,
  retrainAllShops,
  watchDriftOfAllShops,
  keepTokensAlive,
  forgetOldRecords,
  judgeExperiments,
] as const;
