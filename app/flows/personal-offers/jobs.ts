import { z } from 'zod';
import { defineJob, defineScheduledJob, ofShop } from '#app/infra/jobs.ts';

/** Who came into a segment, decisions on all who wait, the news of them, and what is taken back. */
export const giveOffers = defineJob({
  id: 'offers.give',
  queue: 'upkeep',
  schema: ofShop,
  attempts: 5,
  backoffMs: 5_000,
  timeoutMs: 30 * 60_000,
  load: () => import('./give-offers.ts'),
});

/** Takes out sizes that the comparison speaks against. */
export const judgeOffers = defineJob({
  id: 'offers.judge',
  queue: 'upkeep',
  schema: ofShop,
  attempts: 3,
  backoffMs: 30_000,
  timeoutMs: 30 * 60_000,
  load: () => import('./judge-offers.ts'),
});

/** Each minute: whoever waits where a job was lost, and codes that were made meanwhile. */
const sweepOffers = defineJob({
  id: 'offers.sweep',
  queue: 'upkeep',
  schema: z.object({ all: z.boolean() }),
  attempts: 1,
  backoffMs: 1_000,
  schedule: { pattern: '* * * * *', payload: { all: false } },
  load: () => import('./sweep-offers.ts'),
});

/** Every ten minutes: what no order brings, such as products that were looked at again. */
const watchOffers = defineJob({
  id: 'offers.watch',
  queue: 'upkeep',
  schema: z.object({ all: z.boolean() }),
  attempts: 1,
  backoffMs: 1_000,
  schedule: { pattern: '6-59/10 * * * *', payload: { all: true } },
  load: () => import('./sweep-offers.ts'),
});

const judgeAllOffers = defineScheduledJob({
  id: 'offers.judge-all',
  queue: 'upkeep',
  attempts: 2,
  backoffMs: 60_000,
  pattern: '37 * * * *',
  load: () => import('./judge-all-offers.ts'),
});

export const personalOfferJobs = [giveOffers, judgeOffers, sweepOffers, watchOffers, judgeAllOffers] as const;
