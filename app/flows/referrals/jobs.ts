import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';

const shopId = z.custom<ShopId>((value) => typeof value === 'string' && isUuid(value), 'must be a shop id');

/** Referrals of a shop that are to be looked at: judged, paid, taken back. */
export const settleReferrals = defineJob({
  id: 'referrals.settle',
  queue: 'upkeep',
  schema: z.object({ shopId }),
  attempts: 5,
  backoffMs: 5_000,
  load: () => import('./settle-shop.ts'),
});

/** Picks up what time alone changes, and what lost its job. */
const sweepReferrals = defineJob({
  id: 'referrals.sweep',
  queue: 'upkeep',
  schema: z.object({}),
  attempts: 1,
  backoffMs: 1_000,
  schedule: { pattern: '* * * * *', payload: {} },
  load: () => import('./sweep-referrals.ts'),
});

export const referralJobs = [settleReferrals, sweepReferrals] as const;
