import { cancelRuns } from '#app/domains/activity/index.ts';
import type { Step } from '#app/domains/inbox/index.ts';
import { deleteTenant, readShop, saveProfile, saveStatus } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { startPublishBundles } from './start-runs.ts';

/** The platform's own data of the shop. */
export function shopChanged(services: Services, { platform, ref }: ConnectedShop): Step<unknown>[] {
  return [
    {
      name: 'profile',
      subject: () => ref.shopId,
      async run() {
        const profile = await platform.readShop(ref);
        const otherTax = await services.db.inShop(ref.shopId, async (scope) => {
          const before = await readShop(scope);
          await saveProfile(scope, profile);
          return (await readShop(scope)).settings.taxInPricesBps !== before.settings.taxInPricesBps;
        });
        // What discounts may take off at most stands in what was published.
        if (otherTax) await startPublishBundles(services, ref.shopId);
      },
    },
  ];
}

/** The merchant removed the app. The data stays until `shop-erased`, 48 hours later, in case of a return. */
export function shopUninstalled(services: Services, { platform }: ConnectedShop): Step<unknown>[] {
  return [
    {
      name: 'uninstall',
      async write(scope) {
        const now = services.clock.now();
        await saveStatus(scope, 'uninstalled', ['installed', 'needs-reauth'], now);
        await platform.forgetAccess(scope);
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
