import { defineScheduledJob } from '#app/infra/jobs.ts';

/*
 * What a clock starts, for all shops. Nothing enqueues one of these itself.
 */

const hour = 3_600_000;

/** Picks up webhooks and runs whose job was lost or whose worker was killed. */
export const sweep = defineScheduledJob({
  id: 'upkeep.sweep',
  queue: 'upkeep',
  attempts: 1,
  backoffMs: 1_000,
  pattern: '* * * * *',
  load: () => import('./sweep.ts'),
});

export const reconcileAllShops = defineScheduledJob({
  id: 'upkeep.reconcile',
  queue: 'upkeep',
  attempts: 3,
  backoffMs: 60_000,
  pattern: '23 * * * *',
  load: () => import('./reconcile-all-shops.ts'),
});

/** Where the platform does not try a webhook again, what was lost is found soon. */
export const reconcileOften = defineScheduledJob({
  id: 'upkeep.reconcile-often',
  queue: 'upkeep',
  attempts: 2,
  backoffMs: 60_000,
  pattern: '4-59/10 * * * *',
  load: () => import('./reconcile-often.ts'),
});

export const deliverAllBundles = defineScheduledJob({
  id: 'upkeep.deliveries',
  queue: 'upkeep',
  attempts: 3,
  backoffMs: 60_000,
  pattern: '*/10 * * * *',
  load: () => import('./deliver-all-bundles.ts'),
});

/** Every night, in the quiet hours of most shops' time zones. */
export const retrainAllShops = defineScheduledJob({
  id: 'upkeep.retrain',
  queue: 'upkeep',
  attempts: 3,
  backoffMs: 60_000,
  pattern: '41 2 * * *',
  load: () => import('./retrain-all-shops.ts'),
});

/** Each hour: does what was bought lately still come as the model thinks? */
export const watchDriftOfAllShops = defineScheduledJob({
  id: 'upkeep.watch-drift',
  queue: 'upkeep',
  attempts: 2,
  backoffMs: 60_000,
  pattern: '9 * * * *',
  load: () => import('./watch-drift.ts'),
});

/** Tokens die after 90 idle days. */
export const keepTokensAlive = defineScheduledJob({
  id: 'upkeep.tokens',
  queue: 'upkeep',
  attempts: 5,
  backoffMs: 60_000,
  pattern: '7 4 * * *',
  load: () => import('./keep-tokens-alive.ts'),
});

export const forgetOldRecords = defineScheduledJob({
  id: 'upkeep.forget',
  queue: 'upkeep',
  attempts: 3,
  backoffMs: 60_000,
  pattern: '52 3 * * *',
  load: () => import('./forget-old-records.ts'),
});

/** Reads every running experiment, keeps the day's reading, and ends those that lose money or found nothing. */
export const judgeExperiments = defineScheduledJob({
  id: 'upkeep.experiments',
  queue: 'upkeep',
  attempts: 3,
  backoffMs: 60_000,
  timeoutMs: hour,
  pattern: '11 * * * *',
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
