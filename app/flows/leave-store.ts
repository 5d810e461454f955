import { findShop, noteLeft } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Takes back what a store that was disconnected holds of ours, and forgets its keys. */
const leaveStore: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, attempt, lastAttempt }) => {
  const { clock, db, log, platforms } = services;
  const shop = await db.inShop(shopId, findShop);
  // Erased, or connected anew meanwhile.
  if (shop?.status !== 'uninstalled' || shop.uninstalledAt === null) return;
  const { uninstalledAt } = shop;
  const left = await platforms[shop.platform]?.leaveStore(
    { shopId, domain: shop.domain },
    { force: lastAttempt, repeated: attempt > 1 },
  );
  if (left?.cleared === false)
    log.warn({ shopId, err: left.error }, 'a store that was disconnected could not be cleared');
  await db.inShop(shopId, (scope) =>
    noteLeft(scope, uninstalledAt, { cleared: left?.cleared !== false, now: clock.now() }),
  );
};

export default leaveStore;
