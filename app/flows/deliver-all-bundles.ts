import { listShopsWithDeliveries } from '#app/domains/deliveries/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { deliverBundles } from './jobs.ts';

/** Prices, costs, stock of the catalog and the store's plan change: bundles that are no plain discount follow. */
const deliverAllBundles: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  // All shops at once, because a schedule belongs to none.
  const shopIds = await services.db.asSystem(listShopsWithDeliveries);
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    await services.queue.enqueue(deliverBundles, { shopId }, { deduplicationKey: `deliver-${shopId}` });
  }
};

export default deliverAllBundles;
