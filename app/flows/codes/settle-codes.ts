import { settleOrders } from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ConnectedShop } from '../connected-shop.ts';
import { followCodes } from './follow-codes.ts';

/** What orders mean for codes of ours, and for whoever issued them. */
export async function settleCodes(
  services: Pick<Services, 'clock' | 'queue'>,
  scope: ShopScope,
  {
    platform,
  }: { readonly platform: { readonly capabilities: Pick<ConnectedShop['capabilities'], 'returnsCodeUses'> } },
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return;
  const returnsUses = platform.capabilities.returnsCodeUses;
  await settleOrders(scope, orderIds, { now: services.clock.now(), returnsUses });
  await followCodes(services, scope, orderIds);
}
