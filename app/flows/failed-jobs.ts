import { noteFailedJob, takeFailedJob } from '#app/domains/activity/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { isUuid, type ShopId, toShopId } from '#app/shared/ids.ts';
import { publishShopCodes } from './codes/jobs.ts';
import { processInbox, refreshBundles } from './jobs.ts';
import { retryUnfilledMails } from './mail-jobs.ts';

/** Jobs of one shop that have no run of their own. */
const shopJobs = [refreshBundles, processInbox, retryUnfilledMails, publishShopCodes];

/**
 * A job has failed its last try. One of a shop shows up among the merchant's failures, unless its run says so
 * already; one of no shop is for the operator's log and the queue dashboard.
 */
export async function reportFailedJob(
  services: Services,
  jobId: string,
  payload: unknown,
  attempts: number,
  error: unknown,
): Promise<void> {
  const shopId = shopOf(payload);
  services.log.error({ job: jobId, shopId, attempts, err: error }, 'a job has failed for good');
  if (shopId === null || !shopJobs.some((job) => job.id === jobId)) return;
  await services.db.inShop(shopId, async (scope) => {
    if (await findShop(scope)) await noteFailedJob(scope, jobId, attempts, services.clock.now());
  });
}

/** Puts a noted job back in line. False when the note is none of this shop's. */
export async function retryFailedJob(services: Services, shopId: ShopId, runId: string): Promise<boolean> {
  const jobId = await services.db.inShop(shopId, (scope) => takeFailedJob(scope, runId));
  const job = shopJobs.find((one) => one.id === jobId);
  if (job) await services.queue.enqueue(job, { shopId });
  return job !== undefined;
}

function shopOf(payload: unknown): ShopId | null {
  if (typeof payload !== 'object' || payload === null || !('shopId' in payload)) return null;
  const { shopId } = payload;
  return typeof shopId === 'string' && isUuid(shopId) ? toShopId(shopId) : null;
}
