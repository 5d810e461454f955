import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { leaveStore } from './jobs.ts';

/** Has a disconnected store cleared; while that waits, or waits to be tried again, it is not asked for twice. */
export async function enqueueLeave(services: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await services.queue.enqueue(leaveStore, { shopId }, { deduplicationKey: `leave-${shopId}` });
}
