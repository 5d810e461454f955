import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';

const shopId = z.custom<ShopId>((value) => typeof value === 'string' && isUuid(value), 'must be a shop id');

/** Divides a shop's buyers into groups anew. */
export const fitSegments = defineJob({
  id: 'segments.fit',
  // Seconds of work that a merchant may wait for: not behind a training.
  queue: 'upkeep',
  schema: z.object({ shopId }),
  attempts: 4,
  backoffMs: 10_000,
  timeoutMs: 30 * 60_000,
  load: () => import('./fit-segments.ts'),
});

/** The same for all shops, every night: time alone moves customers on. */
const fitAllSegments = defineJob({
  id: 'segments.fit-all',
  queue: 'upkeep',
  schema: z.object({}),
  attempts: 3,
  backoffMs: 60_000,
  schedule: { pattern: '17 3 * * *', payload: {} },
  load: () => import('./fit-all-segments.ts'),
});

export const segmentJobs = [fitSegments, fitAllSegments] as const;
