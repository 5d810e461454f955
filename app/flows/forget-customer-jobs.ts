import { z } from 'zod';
import { defineJob, ofShop } from '#app/infra/jobs.ts';

/** A customer whom the platform deleted some days ago, and who has not become another since. */
export const forgetGoneCustomer = defineJob({
  id: 'customers.forget-gone',
  queue: 'upkeep',
  schema: ofShop.extend({ customerId: z.string().min(1).max(40) }),
  attempts: 5,
  backoffMs: 60_000,
  load: () => import('./forget-gone-customer.ts'),
});
