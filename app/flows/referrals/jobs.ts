import { defineJob, defineScheduledJob, ofShop } from '#app/infra/jobs.ts';

/** Referrals of a shop that are to be looked at: judged, paid, taken back. */
export const settleReferrals = defineJob({
  id: 'referrals.settle',
  queue: 'upkeep',
  schema: ofShop,
  attempts: 5,
  backoffMs: 5_000,
  load: () => import('./settle-shop.ts'),
});

/** Picks up what time alone changes, and what lost its job. */
const sweepReferrals = defineScheduledJob({
  id: 'referrals.sweep',
  queue: 'upkeep',
  attempts: 1,
  backoffMs: 1_000,
  pattern: '* * * * *',
  load: () => import('./sweep-referrals.ts'),
});

export const referralJobs = [settleReferrals, sweepReferrals] as const;
