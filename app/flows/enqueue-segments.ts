import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { fillSegments, fitSegments, tagCustomers } from './segment-jobs.ts';

/** Has the shop's buyers divided into groups soon; while that waits it is not asked for again. */
export async function enqueueSegments(services: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await services.queue.enqueue(fitSegments, { shopId }, { deduplicationKey: `segments-${shopId}` });
}

/** Has all customers compared with the shop's own segments soon: with all of them, or with those that were not yet. */
export async function enqueueFilling(services: Pick<Services, 'queue'>, shopId: ShopId, all: boolean): Promise<void> {
  const deduplicationKey = `segments-fill-${all ? 'all' : 'new'}-${shopId}`;
  await services.queue.enqueue(fillSegments, { shopId, all }, { deduplicationKey });
}

/** Has the tags of the store's customers brought in line with their segments soon; `again`: also those it refused before. */
export async function enqueueTags(services: Pick<Services, 'queue'>, shopId: ShopId, again: boolean): Promise<void> {
  const deduplicationKey = `segments-tags-${again ? 'again' : 'new'}-${shopId}`;
  await services.queue.enqueue(tagCustomers, { shopId, again }, { deduplicationKey });
}
