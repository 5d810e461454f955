import { reopenRun } from '#app/domains/activity/index.ts';
import { reopenDelivery } from '#app/domains/inbox/index.ts';
import { processInbox } from '#app/flows/jobs.ts';
import { enqueueRun } from '#app/flows/start-run.ts';
import type { Services } from '#app/infra/services.ts';
import { type ShopId, isUuid } from '#app/shared/ids.ts';

/** Puts failed work or a failed message back in line. False when it has not failed or is none of this shop's. */
export async function retryFailure(services: Services, shopId: ShopId, failure: { kind: 'run' | 'webhook'; id: string }): Promise<boolean> {
  if (failure.kind === 'webhook') {
    const reopened = await services.db.inShop(shopId, (scope) => reopenDelivery(scope, failure.id));
    if (reopened) await services.queue.enqueue(processInbox, { shopId });
    return reopened;
  }
  if (!isUuid(failure.id)) return false;
  const run = await services.db.inShop(shopId, (scope) => reopenRun(scope, failure.id, services.clock.now()));
  if (run) await enqueueRun(services, shopId, run);
  return run !== null;
}
