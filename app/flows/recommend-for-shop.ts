import { performRun } from '#app/domains/activity/index.ts';
import { trainRecommendations, TrainingSuperseded } from '#app/domains/recommendations/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';
import { enqueueFreshening } from './enqueue-freshening.ts';
import { startRun } from './start-run.ts';

/** Trains the shop's recommendations and publishes them. */
const recommendForShop: JobHandler<{ shopId: ShopId; runId: string }> = async (
  ids,
  { services, lastAttempt, signal },
) => {
  if (!(await findConnectedShop(services, ids.shopId))) return;
  await performRun(services, ids, { lastAttempt, signal }, async (_run, progress) => {
    try {
      const { version, report, lists, seconds } = await trainRecommendations(
        services,
        ids.shopId,
        ({ stage, done, total }) => progress.report(stage, done, total),
        signal,
      );
      await startRun(services, ids.shopId, 'publish');
      // What was ordered while it trained.
      await enqueueFreshening(services, ids.shopId);
      return { version, report, lists, seconds };
    } catch (error) {
      // A newer training of the same shop does the work: nothing is lost and nothing failed.
      if (error instanceof TrainingSuperseded) return { superseded: true };
      throw error;
    }
  });
};

export default recommendForShop;
