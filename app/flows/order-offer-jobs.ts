import { defineScheduledJob } from '#app/infra/jobs.ts';

/** Takes codes of orders that are over out of the stores, every night: a store keeps them for good otherwise. */
export const forgetOfferCodes = defineScheduledJob({
  id: 'order-offers.forget-codes',
  queue: 'upkeep',
  attempts: 3,
  backoffMs: 60_000,
  timeoutMs: 30 * 60_000,
  pattern: '34 3 * * *',
  load: () => import('./forget-offer-codes.ts'),
});

export const orderOfferJobs = [forgetOfferCodes] as const;
