import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';

const ofShop = z.object({
  shopId: z.custom<ShopId>((value) => typeof value === 'string' && isUuid(value), 'must be a shop id'),
});

/** Mails of a shop that are due, in batches. */
export const sendMailsJob = defineJob({
  id: 'mails.send',
  queue: 'mails',
  schema: ofShop,
  attempts: 3,
  backoffMs: 5_000,
  timeoutMs: 10 * 60_000,
  load: () => import('./send-mails.ts'),
});

/** Shops whose mails are due: those that waited for their hour, and those whose job was lost. */
const sweepMails = defineJob({
  id: 'mails.sweep',
  queue: 'upkeep',
  schema: z.object({}),
  attempts: 1,
  backoffMs: 1_000,
  schedule: { pattern: '* * * * *', payload: {} },
  load: () => import('./sweep-mails.ts'),
});

/** Mails whose template could not be filled are tried anew, on the merchant's word. */
export const retryUnfilledMails = defineJob({
  id: 'mails.retry-unfilled',
  queue: 'upkeep',
  schema: ofShop,
  attempts: 3,
  backoffMs: 5_000,
  load: () => import('./retry-unfilled-mails.ts'),
});

export const mailJobs = [sendMailsJob, sweepMails, retryUnfilledMails] as const;
