import { defineJob, ofShop } from '#app/infra/jobs.ts';

/** Balances, levels and invitations that the store is to know of its customers. */
export const tellCustomers = defineJob({
  id: 'access.tell-customers',
  queue: 'publishing',
  schema: ofShop,
  attempts: 6,
  backoffMs: 10_000,
  timeoutMs: 60 * 60_000,
  load: () => import('./tell-customers.ts'),
});

export const accessJobs = [tellCustomers] as const;
