import { defineJob, defineScheduledJob, ofShop } from '#app/infra/jobs.ts';

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
const sweepMails = defineScheduledJob({
  id: 'mails.sweep',
  queue: 'upkeep',
  attempts: 1,
  backoffMs: 1_000,
  pattern: '* * * * *',
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
