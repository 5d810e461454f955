import { z } from 'zod';
import { ofRun } from '#app/infra/jobs.ts';

/** `attempt` is the try of the run that split the training up. */
const ofAttempt = ofRun.extend({ attempt: z.number().int() });

/**
 * The training job without its handler: a run is watched through another capability, so the flow that joins the
 * two completes it (`defineJob({ ...trainingJob, load })`). Running it again is harmless.
 */
export const trainingJob = {
  id: 'recommendations.train',
  queue: 'training',
  schema: ofRun,
  attempts: 4,
  backoffMs: 10_000,
} as const;

/** One chunk of a large shop's training, for any worker. */
export const chunkJob = {
  id: 'recommendations.count-chunk',
  queue: 'training',
  schema: ofAttempt.extend({ version: z.number().int(), chunk: z.number().int().nonnegative() }),
  attempts: 4,
  backoffMs: 5_000,
} as const;

/** What comes after the last chunk. */
export const trainingEndJob = {
  id: 'recommendations.finish-training',
  queue: 'training',
  schema: ofAttempt,
  attempts: 4,
  backoffMs: 10_000,
} as const;
