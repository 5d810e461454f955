import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';

/** Takes codes of orders that are over out of the stores, every night: a store keeps them for good otherwise. */
export const forgetOfferCodes = defineJob({
  id: 'order-offers.forget-codes',
  queue: 'upkeep',
  schema: z.object({}),
  attempts: 3,
  backoffMs: 60_000,
  timeoutMs: 30 * 60_000,
  schedule: { pattern: '34 3 * * *', payload: {} },
  load: () => import('./forget-offer-codes.ts'),
});

export const orderOfferJobs = [forgetOfferCodes] as const;
