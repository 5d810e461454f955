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

/** Compares all customers with the merchant's own segments: those that lack it, or all. */
export const fillSegments = defineJob({
  id: 'segments.fill',
  queue: 'upkeep',
  schema: z.object({ shopId, all: z.boolean() }),
  attempts: 4,
  backoffMs: 10_000,
  timeoutMs: 60 * 60_000,
  load: () => import('./segments/fill-segments.ts'),
});

/** Divides the buyers of all shops anew, every night: time alone moves customers on. */
const fitAllSegments = defineJob({
  id: 'segments.fit-all',
  queue: 'upkeep',
  schema: z.object({}),
  attempts: 3,
  backoffMs: 60_000,
  schedule: { pattern: '17 3 * * *', payload: {} },
  load: () => import('./fit-all-segments.ts'),
});

/** Tags of segments on the customers in the store. */
export const tagCustomers = defineJob({
  id: 'segments.tags',
  // The store answers for one customer after the other: not before anything that a merchant waits for.
  queue: 'publishing',
  schema: z.object({ shopId, again: z.boolean() }),
  attempts: 6,
  backoffMs: 30_000,
  timeoutMs: 60 * 60_000,
  load: () => import('./segments/tag-customers.ts'),
});

/** Orders move customers at any time. */
const tagAllShops = defineJob({
  id: 'segments.tags-all',
  queue: 'upkeep',
  schema: z.object({}),
  attempts: 2,
  backoffMs: 30_000,
  schedule: { pattern: '3-59/10 * * * *', payload: {} },
  load: () => import('./segments/tag-all-shops.ts'),
});

export const segmentJobs = [fitSegments, fillSegments, fitAllSegments, tagCustomers, tagAllShops] as const;
