import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';

const shopId = z.custom<ShopId>((value) => typeof value === 'string' && isUuid(value), 'must be a shop id');

/** Codes of ours that a store is to make or to forget. */
export const publishShopCodes = defineJob({
  id: 'codes.publish',
  queue: 'codes',
  schema: z.object({ shopId }),
  attempts: 6,
  backoffMs: 5_000,
  timeoutMs: 30 * 60_000,
  load: () => import('./publish-codes.ts'),
});

/** The same as a run that the merchant sees: many codes, or some that the store has refused. */
export const makeManyCodes = defineJob({
  id: 'codes.make-many',
  queue: 'codes',
  schema: z.object({ shopId, runId: z.uuid() }),
  attempts: 4,
  backoffMs: 10_000,
  timeoutMs: 6 * 3_600_000,
  load: () => import('./make-many-codes.ts'),
});

/** Each minute: codes whose time is over, and stores whose job was lost. */
const sweepCodes = defineJob({
  id: 'codes.sweep',
  queue: 'codes',
  schema: z.object({}),
  attempts: 1,
  backoffMs: 1_000,
  schedule: { pattern: '* * * * *', payload: {} },
  load: () => import('./sweep-codes.ts'),
});

/** What codes must leave of each product follows costs, prices and the merchant's floor. */
const guardCodes = defineJob({
  id: 'codes.guard',
  queue: 'codes',
  schema: z.object({}),
  attempts: 3,
  backoffMs: 30_000,
  schedule: { pattern: '*/10 * * * *', payload: {} },
  load: () => import('./guard-codes.ts'),
});

/** What codes the merchant makes is told by nobody. */
const readStoreCodes = defineJob({
  id: 'codes.read-store',
  queue: 'codes',
  schema: z.object({}),
  attempts: 2,
  backoffMs: 60_000,
  timeoutMs: 30 * 60_000,
  schedule: { pattern: '7,22,37,52 * * * *', payload: {} },
  load: () => import('./read-store-codes.ts'),
});

export const codeJobs = [publishShopCodes, makeManyCodes, sweepCodes, guardCodes, readStoreCodes] as const;
