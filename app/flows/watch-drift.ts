import { watchDrift } from '#app/domains/recommendations/index.ts';
import { listShopIds } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { startRun } from './start-run.ts';

/** Looks at every installed shop's last day and trains anew where the model no longer fits; the night trains all anyway. */
const watchDriftOfShops: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  // Sees all shops, because it goes through them.
  const shopIds = await services.db.asSystem((scope) => listShopIds(scope, ['installed']));
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    const report = await services.db.inShop(shopId, (scope) => watchDrift(scope, services.clock.now()));
    if (!report.drifted) continue;
    services.log.info({ shopId, cases: report.cases, hits: report.hits }, 'suggestions drift, training anew');
    await startRun(services, shopId, 'recommend');
  }
};

export default watchDriftOfShops;
