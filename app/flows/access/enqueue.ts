import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { tellCustomers } from './jobs.ts';

/** The transaction that asks has not ended yet. */
const soonMs = 2_000;
/** Orders come in bursts, and nobody looks at a balance that is pending for days. */
const laterMs = 30_000;

/** Has the store know what changed for its customers; while that waits it is not asked for again. */
export async function enqueueTelling(
  services: Pick<Services, 'queue'>,
  shopId: ShopId,
  when: 'soon' | 'later' = 'soon',
): Promise<void> {
  await services.queue.enqueue(
    tellCustomers,
    { shopId },
    { delayMs: when === 'soon' ? soonMs : laterMs, deduplicationKey: `tell-customers-${when}-${shopId}` },
  );
}
