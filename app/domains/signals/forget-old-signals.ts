import { deleteExposuresBefore } from '#app/domains/experiments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { JobContext } from '#app/infra/jobs.ts';
import { forgetBefore } from './rules.ts';
import { deleteSignalsBefore, readShopIds } from './store.ts';

const BATCH = 5000;

/** Each batch is its own transaction, so that a stop in between loses nothing and locks stay short. */
export default async function forgetOldSignals(
  _payload: unknown,
  { services, signal }: Pick<JobContext, 'services' | 'signal'>,
): Promise<void> {
  const before = forgetBefore(services.clock.now());
  // Sees all shops, because it goes through them.
  const shopIds = await services.db.asSystem(readShopIds);
  for (const shopId of shopIds) {
    for (const forget of [deleteSignalsBefore, deleteExposuresBefore]) {
      let gone = BATCH;
      while (gone === BATCH) {
        signal.throwIfAborted();
        gone = await services.db.inShop(shopId, (scope: ShopScope) => forget(scope, before, BATCH));
      }
    }
  }
}
