import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';

/** Forgets signals and exposures that are older than we keep them, in small batches, every night. */
export const forgetOldSignals = defineJob({
  id: 'signals.forget-old',
  queue: 'upkeep',
  schema: z.object({}),
  attempts: 5,
  backoffMs: 60_000,
  schedule: { pattern: '17 3 * * *', payload: {} },
  load: () => import('./forget-old-signals.ts'),
});

export const signalJobs = [forgetOldSignals] as const;
