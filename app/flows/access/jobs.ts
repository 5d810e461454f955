import { z } from 'zod';
import { defineJob } from '#app/infra/jobs.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';

const shopId = z.custom<ShopId>((value) => typeof value === 'string' && isUuid(value), 'must be a shop id');

/** Balances, levels and invitations that the store is to know of its customers. */
export const tellCustomers = defineJob({
  id: 'access.tell-customers',
  queue: 'publishing',
  schema: z.object({ shopId }),
  attempts: 6,
  backoffMs: 10_000,
  timeoutMs: 60 * 60_000,
  load: () => import('./tell-customers.ts'),
});

export const accessJobs = [tellCustomers] as const;
