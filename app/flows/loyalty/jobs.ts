import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';

const shopId = z.custom<ShopId>((value) => typeof value === 'string' && isUuid(value), 'must be a shop id');

/** What time alone does in a shop's programme: birthdays, and tiers that end. */
export const loyaltyDay = defineJob({
  id: 'loyalty.day',
  queue: 'upkeep',
  schema: z.object({ shopId, tiers: z.boolean() }),
  attempts: 4,
  backoffMs: 30_000,
  timeoutMs: 30 * 60_000,
  load: () => import('./run-day.ts'),
});

/** Every hour: somewhere a day has just begun. */
const loyaltyDayOfAllShops = defineJob({
  id: 'loyalty.day-all',
  queue: 'upkeep',
  schema: z.object({}),
  attempts: 3,
  backoffMs: 60_000,
  schedule: { pattern: '3 * * * *', payload: {} },
  load: () => import('./run-day-of-all.ts'),
});

/** What the programme would have cost on past orders. */
export const simulateLoyalty = defineJob({
  id: 'loyalty.simulate',
  // A merchant waits for it: not behind a training.
  queue: 'upkeep',
  schema: z.object({ shopId, runId: z.uuid() }),
  attempts: 3,
  backoffMs: 5_000,
  timeoutMs: 60 * 60_000,
  load: () => import('./simulate.ts'),
});

export const loyaltyJobs = [loyaltyDay, loyaltyDayOfAllShops, simulateLoyalty] as const;
