import { defineScheduledJob } from '#app/infra/jobs.ts';

/** Forgets signals and exposures that are older than we keep them, in small batches, every night. */
export const forgetOldSignals = defineScheduledJob({
  id: 'signals.forget-old',
  queue: 'upkeep',
  attempts: 5,
  backoffMs: 60_000,
  pattern: '17 3 * * *',
  load: () => import('./forget-old-signals.ts'),
});

export const signalJobs = [forgetOldSignals] as const;
