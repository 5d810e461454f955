import { performRun } from '#app/domains/activity/index.ts';
import { staleProductIds } from '#app/domains/recommendations/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';
import { publishStorefront } from './publish-storefront.ts';

/** Publishes the shop's bundles, the discount, the settings, and the lists that a change of stock or status made untrue. */
const publishBundles: JobHandler<{ shopId: ShopId; runId: string }> = async (
  ids,
  { services, lastAttempt, signal },
) => {
  await performRun(services, ids, { lastAttempt, signal }, async (_run, progress) => {
    const connected = await findConnectedShop(services, ids.shopId);
    if (!connected) return {};
    const stale = await services.db.inShop(ids.shopId, staleProductIds);
    return publishStorefront(services, connected, stale, (done, total) => progress.report('publishing', done, total));
  });
};

export default publishBundles;
