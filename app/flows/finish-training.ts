import { performRun } from '#app/domains/activity/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';
import { trainForRun, versionOf } from './train-for-run.ts';

/** Ends a training whose chunks have come to their end: one that failed for good is counted here. */
const finishTraining: JobHandler<{ shopId: ShopId; runId: string; attempt: number }> = async (
  { shopId, runId, attempt },
  { services, lastAttempt, signal },
) => {
  if (!(await findConnectedShop(services, shopId))) return;
  await performRun(services, { shopId, runId }, { lastAttempt, signal, continues: attempt }, async (run, progress) => {
    const version = versionOf(run);
    // Without one the run began anew meanwhile, and that try goes on with it.
    return version === null ? { superseded: true } : trainForRun(services, shopId, progress, signal, version);
  });
};

export default finishTraining;
