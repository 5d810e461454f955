import { findShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { PlatformAccessLost, PlatformRefusal } from '#app/platforms/platform.ts';
import { connectedSince, forgetAccess } from '#app/platforms/woocommerce/auth/store.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Takes back what a store that was disconnected holds of ours, then forgets its keys. */
const leaveStore: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, lastAttempt }) => {
  const { db, log, platforms, secrets } = services;
  // In this order: what is connected anew in between is seen by its state.
  const [since, shop] = await db.inShop(shopId, async (scope) => [await connectedSince(scope), await findShop(scope)]);
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
  // The store may have taken its time: keys of a merchant who came back meanwhile stay.
  if (since !== null) await db.inShop(shopId, (scope) => forgetAccess(scope, secrets, since));
};

export default leaveStore;
