import { readShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ConnectedShop } from '../connected-shop.ts';
import { oneAtATime, publishLocked } from '../publish-discount.ts';
import { isLeft, isMoreLeft, readOwnCodesOfShop } from './own-codes.ts';

/**
 * Publishes the discount anew where free shipping of goals leaves less than the codes of ours take off goods that the
 * store has or is to have: before one of those is made. No publication may go on meanwhile that does not know them.
 * @param exactly also where it leaves more, because larger codes are gone
 */
export async function leaveToOwnCodes(
  services: Services,
  connected: ConnectedShop,
  { exactly = false } = {},
): Promise<void> {
  const { ref, capabilities } = connected;
  if (capabilities.discountEngine !== 'function') return;
  await oneAtATime(services, connected, async () => {
    const { platformState, ownCodes } = await services.db.inShop(ref.shopId, async (scope) => {
      const shop = await readShop(scope);
      const ownCodes = await readOwnCodesOfShop(scope, shop, capabilities, services.clock.now());
      return { platformState: shop.platformState, ownCodes };
    });
    if (isLeft(platformState, ownCodes) && !(exactly && isMoreLeft(platformState, ownCodes))) return;
    await publishLocked(services, connected);
  });
}
