import { findShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { PlatformAccessLost, PlatformRefusal } from '#app/platforms/platform.ts';
import { forgetAccess } from '#app/platforms/woocommerce/auth/store.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Takes back what a store that was disconnected holds of ours, then forgets its keys. */
const leaveStore: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, lastAttempt }) => {
  const { db, log, platforms, secrets } = services;
  const shop = await db.inShop(shopId, findShop);
  // Erased, or connected anew meanwhile.
  if (shop?.status !== 'uninstalled') return;
  try {
    await platforms[shop.platform]?.leaveStore({ shopId, domain: shop.domain });
  } catch (error) {
    const gone = error instanceof PlatformAccessLost || error instanceof PlatformRefusal;
    if (!gone && !lastAttempt) throw error;
    // The keys are forgotten all the same; the store's webhooks are refused from now on and switch themselves off.
    log.warn({ shopId, err: error }, 'a store that was disconnected could not be cleared');
  }
  await db.inShop(shopId, (scope) => forgetAccess(scope, secrets));
};

export default leaveStore;
