import { handedOn, performRun } from '#app/domains/activity/index.ts';
import { chunksLeft, isVersionActive, planChunks, prepareTraining } from '#app/domains/recommendations/index.ts';
import { type JobHandler, withPayload } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';
import { countChunk, finishTraining } from './jobs.ts';
import { trainForRun, versionOf } from './train-for-run.ts';
import { countingPercent } from './training-progress.ts';

interface Ids {
  readonly shopId: ShopId;
  readonly runId: string;
}

/**
 * Trains the shop's recommendations and publishes them. A large shop's training is split up: every worker may take a
 * chunk of it, and a job of its own ends it. A try after a kill goes on with the chunks that are still missing.
 */
const recommendForShop: JobHandler<Ids> = async (ids, { services, lastAttempt, signal }) => {
  const { shopId } = ids;
  if (!(await findConnectedShop(services, shopId))) return;
  await performRun(services, ids, { lastAttempt, signal }, async (run, progress) => {
    const known = versionOf(run);
    const left = known === null ? null : await services.db.inShop(shopId, (scope) => chunksLeft(scope, known));
    if (known !== null && left !== null) {
      if (left.missing.length === 0) return trainForRun(services, shopId, progress, signal, known);
      await progress.report('counting', countingPercent(left.done, left.total), 100);
      await splitUp(services, { ...ids, attempt: progress.attempt }, known, left.missing);
      return handedOn;
    }
    if (known !== null && (await services.db.inShop(shopId, (scope) => isVersionActive(scope, known))))
      return trainForRun(services, shopId, progress, signal, known);
    const chunks = await planChunks(services, shopId);
    if (chunks === 1) return trainForRun(services, shopId, progress, signal);
    const version = await prepareTraining(services, shopId, chunks, () => progress.report('reading', 0, 100), signal);
    await progress.save({ version });
    await progress.report('counting', 0, 100);
    const all = Array.from({ length: chunks }, (_, chunk) => chunk);
    await splitUp(services, { ...ids, attempt: progress.attempt }, version, all);
    return handedOn;
  });
};

export default recommendForShop;

function splitUp(
  services: Services,
  ids: Ids & { readonly attempt: number },
  version: number,
  chunks: readonly number[],
): Promise<void> {
  return services.queue.enqueueFlow(
    withPayload(finishTraining, ids),
    chunks.map((chunk) => withPayload(countChunk, { ...ids, version, chunk })),
  );
}
