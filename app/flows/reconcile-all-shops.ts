import { listShopIds } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { startRun } from './start-run.ts';

/** Starts a reconciliation in every installed shop. */
const reconcileAllShops: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  const shopIds = await services.db.asSystem((scope) => listShopIds(scope, ['installed']));
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    await startRun(services, shopId, 'reconcile');
  }
};

export default reconcileAllShops;
