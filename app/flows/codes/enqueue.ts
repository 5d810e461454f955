import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { publishShopCodes } from './jobs.ts';

/**
 * Has the store make what codes were issued, soon; to be called after the transaction that issued them. While such a job
 * waits it is not asked for again.
 */
export async function publishCodes(services: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await services.queue.enqueue(publishShopCodes, { shopId }, { deduplicationKey: `codes-${shopId}` });
}
