import { watchDrift } from '#app/domains/recommendations/index.ts';
import { listShopIds } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { startRun } from './start-run.ts';

/**
 * Looks at every installed shop's last day and trains anew where the model no longer fits; the night trains all anyway.
 * A shop that cannot be looked at keeps no other from it.
 */
const watchDriftOfShops: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  // Sees all shops, because it goes through them.
  const shopIds = await services.db.asSystem((scope) => listShopIds(scope, ['installed']));
  const failures: unknown[] = [];
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    try {
      await watchOne(services, shopId);
    } catch (error) {
      services.log.warn({ shopId, err: error }, 'the drift of a shop could not be told');
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `the drift of ${String(failures.length)} shops could not be told`);
};

async function watchOne(services: Services, shopId: ShopId): Promise<void> {
  const report = await services.db.inShop(shopId, (scope) => watchDrift(scope, services.clock.now()));
  if (!report.drifted) return;
  services.log.info({ shopId, cases: report.cases, hits: report.hits }, 'suggestions drift, training anew');
  await startRun(services, shopId, 'recommend');
}

export default watchDriftOfShops;
