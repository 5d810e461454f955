import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';

const shopId = z.custom<ShopId>((value) => typeof value === 'string' && isUuid(value), 'must be a shop id');

/** A customer whom the platform deleted some days ago, and who has not become another since. */
export const forgetGoneCustomer = defineJob({
  id: 'customers.forget-gone',
  queue: 'upkeep',
  schema: z.object({ shopId, customerId: z.string().min(1).max(40) }),
  attempts: 5,
  backoffMs: 60_000,
  load: () => import('./forget-gone-customer.ts'),
});
