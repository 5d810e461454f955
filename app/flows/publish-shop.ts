import { performRun } from '#app/domains/activity/index.ts';
import { sellableProductIds } from '#app/domains/recommendations/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';
import { publishStorefront } from './publish-storefront.ts';

/** Publishes everything of a shop: what was written before and has not changed is skipped, which also makes it resumable. */
const publishShop: JobHandler<{ shopId: ShopId; runId: string }> = async (ids, { services, lastAttempt, signal }) => {
  await performRun(services, ids, { lastAttempt, signal }, async (_run, progress) => {
    const connected = await findConnectedShop(services, ids.shopId);
    if (!connected) return {};
    const products = await services.db.inShop(ids.shopId, sellableProductIds);
    return publishStorefront(services, connected, products, (done, total) =>
      progress.report('publishing', done, total),
    );
  });
};

export default publishShop;
