import { z } from 'zod';
import { defineJob, defineScheduledJob, ofShop } from '#app/infra/jobs.ts';

/** Divides a shop's buyers into groups anew. */
export const fitSegments = defineJob({
  id: 'segments.fit',
  // Seconds of work that a merchant may wait for: not behind a training.
  queue: 'upkeep',
  schema: ofShop,
  attempts: 4,
  backoffMs: 10_000,
  timeoutMs: 30 * 60_000,
  load: () => import('./fit-segments.ts'),
});

/** Compares all customers with the merchant's own segments: those that lack it, or all. */
export const fillSegments = defineJob({
  id: 'segments.fill',
  queue: 'upkeep',
  schema: ofShop.extend({ all: z.boolean() }),
  attempts: 4,
  backoffMs: 10_000,
  timeoutMs: 60 * 60_000,
  load: () => import('./segments/fill-segments.ts'),
});

/** Divides the buyers of all shops anew, every night: time alone moves customers on. */
const fitAllSegments = defineScheduledJob({
  id: 'segments.fit-all',
  queue: 'upkeep',
  attempts: 3,
  backoffMs: 60_000,
  pattern: '17 3 * * *',
  load: () => import('./fit-all-segments.ts'),
});

/** Tags of segments on the customers in the store. */
export const tagCustomers = defineJob({
  id: 'segments.tags',
  // The store answers for one customer after the other: not before anything that a merchant waits for.
  queue: 'publishing',
  schema: ofShop.extend({ again: z.boolean() }),
  attempts: 6,
  backoffMs: 30_000,
  timeoutMs: 60 * 60_000,
  load: () => import('./segments/tag-customers.ts'),
});

/** Orders move customers at any time. */
const tagAllShops = defineScheduledJob({
  id: 'segments.tags-all',
  queue: 'upkeep',
  attempts: 2,
  backoffMs: 30_000,
  pattern: '3-59/10 * * * *',
  load: () => import('./segments/tag-all-shops.ts'),
});

export const segmentJobs = [fitSegments, fillSegments, fitAllSegments, tagCustomers, tagAllShops] as const;
