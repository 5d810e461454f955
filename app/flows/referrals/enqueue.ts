import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { settleReferrals } from './jobs.ts';

/** Orders come in bursts, and the transaction that asks for a look has not ended yet. */
const pauseMs = 1_000;

/** Has the shop's referrals looked at soon; while that waits it is not asked for again. */
export async function enqueueReferrals(services: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await services.queue.enqueue(
    settleReferrals,
    { shopId },
    { delayMs: pauseMs, deduplicationKey: `referrals-${shopId}` },
  );
}
