import {
  deleteOfferCode,
  orderOfferLimits,
  readEndedCodes,
  readShopsWithEndedCodes,
} from '#app/domains/order-offers/index.ts';
import type { JobContext } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';

const BATCH = 50;
/**
 * Until then the order's code is known as used or over. Forgotten earlier, an order would earn a second one as soon
 * as the merchant lets offers last longer.
 */
const KEPT_MS = orderOfferLimits.hours * 3_600_000;

/** Each code is taken out of the store and then forgotten, so that a stop in between loses nothing. */
export default async function forgetOfferCodes(
  _payload: unknown,
  { services, signal }: Pick<JobContext, 'services' | 'signal'>,
): Promise<void> {
  const before = new Date(services.clock.now().getTime() - KEPT_MS);
  // Sees all shops, because it goes through them.
  const shopIds = await services.db.asSystem((scope) => readShopsWithEndedCodes(scope, before));
  for (const shopId of shopIds) {
    await forgetOfShop(services, shopId, before, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      // One store that cannot be reached keeps its codes until the next night, and the others do not wait for it.
      services.log.warn({ err: error, shopId }, 'codes of orders were not taken out of a store');
    });
  }
}

async function forgetOfShop(services: Services, shopId: ShopId, before: Date, signal: AbortSignal): Promise<void> {
  // Of a store that has left, only our own record can be forgotten.
  const connected = await findConnectedShop(services, shopId);
  for (;;) {
    const codes = await services.db.inShop(shopId, (scope) => readEndedCodes(scope, before, BATCH));
    for (const { orderId, code } of codes) {
      signal.throwIfAborted();
      await connected?.platform.removeOfferCode(connected.ref, code);
      await services.db.inShop(shopId, (scope) => deleteOfferCode(scope, orderId));
    }
    if (codes.length < BATCH) return;
  }
}
