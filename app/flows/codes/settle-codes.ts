import { settleOrders } from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ConnectedShop } from '../connected-shop.ts';

/** What orders mean for codes of ours: the step of orders that comes before those of whoever issued the codes. */
export async function settleCodes(
  { clock }: Pick<Services, 'clock'>,
  scope: ShopScope,
  { platform }: Pick<ConnectedShop, 'platform'>,
  orderIds: readonly string[],
): Promise<void> {
  await settleOrders(scope, orderIds, { now: clock.now(), returnsUses: platform.capabilities.returnsCodeUses });
}
