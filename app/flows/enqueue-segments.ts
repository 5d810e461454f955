import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { fitSegments } from './segment-jobs.ts';

/** Has the shop's buyers divided into groups soon; while that waits it is not asked for again. */
export async function enqueueSegments(services: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await services.queue.enqueue(fitSegments, { shopId }, { deduplicationKey: `segments-${shopId}` });
}
