import { ledgerJobs } from '#app/domains/ledger/index.ts';
import { signalJobs } from '#app/domains/signals/index.ts';
import { codeJobs } from '#app/flows/codes/jobs.ts';
import { flowJobs } from '#app/flows/jobs.ts';
import { mailJobs } from '#app/flows/mail-jobs.ts';
import { accessJobs } from '#app/flows/access/jobs.ts';
import { loyaltyJobs } from '#app/flows/loyalty/jobs.ts';
import { orderOfferJobs } from '#app/flows/order-offer-jobs.ts';
import { personalOfferJobs } from '#app/flows/personal-offers/jobs.ts';
import { referralJobs } from '#app/flows/referrals/jobs.ts';
import { segmentJobs } from '#app/flows/segment-jobs.ts';
import { upkeepJobs } from '#app/flows/upkeep-jobs.ts';
import type { JobDefinition, QueueName } from '#app/infra/jobs.ts';

/** Every job that a worker knows. */
export const jobs: readonly JobDefinition[] = [
  ...flowJobs,
  ...upkeepJobs,
  ...signalJobs,
  ...ledgerJobs,
  ...accessJobs,
  ...loyaltyJobs,
  ...codeJobs,
  ...orderOfferJobs,
  ...segmentJobs,
  ...personalOfferJobs,
  ...referralJobs,
  ...mailJobs,
];

/** How many jobs of a queue one process runs at once. */
export const concurrency: Readonly<Record<QueueName, number>> = {
  webhooks: 4,
  imports: 2,
  // One training keeps a processor busy.
  training: 1,
  publishing: 2,
  // A store makes one shop's codes one batch after the other anyway.
  codes: 2,
  signals: 1,
  // Each speaks to the mail server for one shop, mail by mail.
  mails: 4,
  upkeep: 2,
};
