import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { freshenRecommendations } from './jobs.ts';

/** Orders come in bursts: what came within this pause is added at once. */
const pauseMs = 15_000;

/** Has new orders added to the shop's lists soon; while that waits it is not asked for again. */
export async function enqueueFreshening(services: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await services.queue.enqueue(
    freshenRecommendations,
    { shopId },
    { delayMs: pauseMs, deduplicationKey: `freshen-${shopId}` },
  );
}
