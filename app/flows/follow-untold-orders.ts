import { identifyByOrders } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { settleCodes } from './codes/settle-codes.ts';
import { offerForOrders } from './personal-offers/order-step.ts';
import { attributeOrders } from './referrals/attribute-orders.ts';

/**
 * Orders changed, or are gone, and no message told of it: whoever would have been told by one is told now that the mirror
 * has it (points and segments follow with the mirror).
 */
export async function followUntoldOrders(
  services: Pick<Services, 'clock' | 'queue'>,
  scope: ShopScope,
  shop: Pick<ConnectedShop, 'platform'>,
  orderIds: readonly string[],
): Promise<void> {
  await identifyByOrders(scope, orderIds, services.clock.now());
  await settleCodes(services, scope, shop, orderIds);
  await offerForOrders(services, scope, orderIds);
  await attributeOrders(services, scope, orderIds);
}
