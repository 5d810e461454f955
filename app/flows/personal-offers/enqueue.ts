import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { giveOffers } from './jobs.ts';

/** Orders come in bursts, and the transaction that asks has not ended yet. */
const pauseMs = 1_000;

/** Has the shop's offers given to whoever waits for them, soon; while that waits it is not asked for again. */
export async function enqueueOffers(services: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await services.queue.enqueue(giveOffers, { shopId }, { delayMs: pauseMs, deduplicationKey: `offers-${shopId}` });
}
