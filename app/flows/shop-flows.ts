import { cancelRuns } from '#app/domains/activity/index.ts';
import type { Step } from '#app/domains/inbox/index.ts';
import { deleteTenant, saveProfile, saveStatus } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { deleteGrants } from '#app/platforms/shopify/auth/store.ts';
import type { ConnectedShop } from './connected-shop.ts';

/** The platform's own data of the shop. */
export function shopChanged(services: Services, { platform, ref }: ConnectedShop): Step<unknown>[] {
  return [
    {
      name: 'profile',
      subject: () => ref.shopId,
      async run() {
        const profile = await platform.readShop(ref);
        await services.db.inShop(ref.shopId, (scope) => saveProfile(scope, profile));
      },
    },
  ];
}

/** The merchant removed the app. The data stays until `shop-erased`, 48 hours later, in case of a return. */
export function shopUninstalled(services: Services): Step<unknown>[] {
  return [
    {
      name: 'uninstall',
      async write(scope) {
        const now = services.clock.now();
        await saveStatus(scope, 'uninstalled', ['installed', 'needs-reauth'], now);
        await deleteGrants(scope);
        await cancelRuns(scope, now);
      },
    },
  ];
}

/**
 * Everything of the tenant is deleted, the memory of finished steps included: so this is no step but the whole
 * flow, and doing it twice deletes nothing more.
 */
export async function eraseShop(services: Services, { ref }: ConnectedShop): Promise<void> {
  await services.db.inShop(ref.shopId, deleteTenant, { timeoutMs: 10 * 60_000 });
  services.log.info({ shopId: ref.shopId }, 'a shop was erased');
}
