import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';
import { startRun } from './start-run.ts';

/** A bundle starts or ends, or a product in one changed: the store is brought up to date. */
const refreshBundles: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services }) => {
  const connected = await findConnectedShop(services, shopId);
  if (connected?.shop.status === 'installed') await startRun(services, shopId, 'publish-bundles');
};

export default refreshBundles;
