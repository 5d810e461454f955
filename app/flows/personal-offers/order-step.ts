import { readRates } from '#app/domains/loyalty/index.ts';
import { enterByOrders, readOffers, undoByOrders } from '#app/domains/personal-offers/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { enqueueOffers } from './enqueue.ts';

/**
 * Customers of orders may have met the trigger of an offer, and what orders brought goes with them. A constant number of statements for however many orders; may be
 * told any number of times.
 */
export async function offerForOrders(
  services: Pick<Services, 'clock' | 'queue'>,
  scope: ShopScope,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return;
  const live = await readOffers(scope, 'live');
  const now = services.clock.now();
  const least = live.some(({ terms: { trigger } }) => trigger.type === 'order' && trigger.minTotalMinor !== null);
  const rates = least ? await readRates(scope, (await readShop(scope)).currency) : {};
  const entered = await enterByOrders(scope, live, orderIds, rates, now);
  const undone = await undoByOrders(scope, orderIds, now);
  // The order may have moved its customer to another segment. A lost job is made up for by the sweep.
  if (entered + undone > 0 || live.some(({ terms }) => terms.trigger.type === 'segment'))
    await enqueueOffers(services, scope.shopId);
}
