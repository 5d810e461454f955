import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { publishShopCodes, renewCodeGuard } from './jobs.ts';

/**
 * Has the store make what codes were issued, soon; to be called after the transaction that issued them. While such a job
 * waits it is not asked for again.
 */
export async function publishCodes(services: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await services.queue.enqueue(publishShopCodes, { shopId }, { deduplicationKey: `codes-${shopId}` });
}

/** Products are changed in bursts: what comes within this pause is looked at once. */
const pauseMs = 10_000;

/**
 * Has the store learn soon what its codes must leave now that products, or the merchant's margin, have changed; a lost job
 * is made up for by the look of every ten minutes.
 */
export async function renewCodeGuardSoon(services: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await services.queue.enqueue(
    renewCodeGuard,
    { shopId },
    { delayMs: pauseMs, deduplicationKey: `code-guard-${shopId}` },
  );
}
