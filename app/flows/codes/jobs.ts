import { defineJob, defineScheduledJob, ofRun, ofShop } from '#app/infra/jobs.ts';

/** Codes of ours that a store is to make or to forget. */
export const publishShopCodes = defineJob({
  id: 'codes.publish',
  queue: 'codes',
  schema: ofShop,
  attempts: 6,
  backoffMs: 5_000,
  timeoutMs: 30 * 60_000,
  load: () => import('./publish-codes.ts'),
});

/** The same as a run that the merchant sees: many codes, or some that the store has refused. */
export const makeManyCodes = defineJob({
  id: 'codes.make-many',
  queue: 'codes',
  schema: ofRun,
  attempts: 4,
  backoffMs: 10_000,
  timeoutMs: 6 * 3_600_000,
  load: () => import('./make-many-codes.ts'),
});

/** Each minute: codes whose time is over, and stores whose job was lost. */
const sweepCodes = defineScheduledJob({
  id: 'codes.sweep',
  queue: 'codes',
  attempts: 1,
  backoffMs: 1_000,
  pattern: '* * * * *',
  load: () => import('./sweep-codes.ts'),
});

/** What codes must leave of each product follows costs, prices and the merchant's floor. */
const sweepCodeGuards = defineScheduledJob({
  id: 'codes.guard',
  queue: 'codes',
  attempts: 3,
  backoffMs: 30_000,
  pattern: '*/10 * * * *',
  load: () => import('./sweep-code-guards.ts'),
});

/** The same soon for one shop whose products or settings have just changed. */
export const renewCodeGuard = defineJob({
  id: 'codes.guard-shop',
  queue: 'codes',
  schema: ofShop,
  attempts: 3,
  backoffMs: 10_000,
  load: () => import('./renew-code-guard.ts'),
});

/** What codes the merchant makes is told by nobody. */
const readStoreCodes = defineScheduledJob({
  id: 'codes.read-store',
  queue: 'codes',
  attempts: 2,
  backoffMs: 60_000,
  timeoutMs: 30 * 60_000,
  pattern: '7,22,37,52 * * * *',
  load: () => import('./read-store-codes.ts'),
});

export const codeJobs = [
  publishShopCodes,
  makeManyCodes,
  sweepCodes,
  renewCodeGuard,
  sweepCodeGuards,
  readStoreCodes,
] as const;
