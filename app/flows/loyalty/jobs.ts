import { z } from 'zod';
import { defineJob, defineScheduledJob, ofRun, ofShop } from '#app/infra/jobs.ts';

/** What time alone does in a shop's programme: birthdays, and tiers that end. */
export const loyaltyDay = defineJob({
  id: 'loyalty.day',
  queue: 'upkeep',
  schema: ofShop.extend({ tiers: z.boolean() }),
  attempts: 4,
  backoffMs: 30_000,
  timeoutMs: 30 * 60_000,
  load: () => import('./run-day.ts'),
});

/** Every hour: somewhere a day has just begun. */
const loyaltyDayOfAllShops = defineScheduledJob({
  id: 'loyalty.day-all',
  queue: 'upkeep',
  attempts: 3,
  backoffMs: 60_000,
  pattern: '3 * * * *',
  load: () => import('./run-day-of-all.ts'),
});

/** What the programme would have cost on past orders. */
export const simulateLoyalty = defineJob({
  id: 'loyalty.simulate',
  // A merchant waits for it: not behind a training.
  queue: 'upkeep',
  schema: ofRun,
  attempts: 3,
  backoffMs: 5_000,
  timeoutMs: 60 * 60_000,
  load: () => import('./simulate.ts'),
});

export const loyaltyJobs = [loyaltyDay, loyaltyDayOfAllShops, simulateLoyalty] as const;
