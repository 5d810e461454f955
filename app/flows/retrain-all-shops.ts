import { listShopIds } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { startRun } from './start-run.ts';

/** Starts a training in every installed shop; publishing follows it. */
const retrainAllShops: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  const shopIds = await services.db.asSystem((scope) => listShopIds(scope, ['installed']));
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    await startRun(services, shopId, 'recommend');
  }
};

export default retrainAllShops;
