import { cancelRuns } from '#app/domains/activity/index.ts';
import { endShopSessions } from '#app/domains/merchant-sessions/index.ts';
import { saveStatus } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { enqueueLeave } from './enqueue-leave.ts';
import { leaveTicket } from './leave-progress.ts';

/**
 * The merchant takes leave, in Trellis or in the store: nothing of the shop works from now on and nobody is signed in
 * any more. What stands in the store is taken back behind it. The data stays for a return, until `eraseLeftShop`.
 * @returns what shows how far that is, to be handed to whoever took leave: see `readLeave`
 */
export async function disconnectStore(services: Services, shopId: ShopId): Promise<string> {
  const now = services.clock.now();
  await services.db.inShop(shopId, async (scope) => {
    await saveStatus(scope, 'uninstalled', ['installed', 'needs-reauth'], now);
    await cancelRuns(scope, now);
    await endShopSessions(scope);
  });
  await enqueueLeave(services, shopId).catch((error: unknown) => {
    services.log.warn({ shopId, err: error }, 'the leave of a store could not be enqueued, the sweeper will');
  });
  return leaveTicket(services, shopId);
}
