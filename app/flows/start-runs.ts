import { randomBytes } from 'node:crypto';
import { reopenRun, type Run } from '#app/domains/activity/index.ts';
import { setHoldout } from '#app/domains/experiments/index.ts';
import { reopenDelivery } from '#app/domains/inbox/index.ts';
import { changeSettings, type EnteredSettings } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';
import { ok, type Result } from '#app/shared/result.ts';
import { forgetBundlePages } from './bundle-page.ts';
import { publishCodes, renewCodeGuardSoon } from './codes/enqueue.ts';
import { retryFailedJob } from './failed-jobs.ts';
import { processInbox } from './jobs.ts';
import { enqueueRun, startRun } from './start-run.ts';

/** The merchant wants new recommendations now. Returns the run that waits or works already, if there is one. */
export function startRecompute(services: Services, shopId: ShopId): Promise<Run> {
  return startRun(services, shopId, 'recommend');
}

/** The merchant wants to see how recommendations would have done. Returns the test that waits or works already, if there is one. */
export function startBacktest(services: Services, shopId: ShopId): Promise<Run> {
  return startRun(services, shopId, 'backtest');
}

/** The merchant wants ideas for bundles. Returns the search that waits or works already, if there is one. */
export function startMineBundles(services: Services, shopId: ShopId): Promise<Run> {
  return startRun(services, shopId, 'mine-bundles');
}

/** After a change of bundles. */
export async function startPublishBundles(services: Services, shopId: ShopId): Promise<Run> {
  await forgetBundlePages(services, shopId);
  return startRun(services, shopId, 'publish-bundles');
}

/** Looks for what never arrived by webhook, now. */
export function startReconciliation(services: Services, shopId: ShopId): Promise<Run> {
  return startRun(services, shopId, 'reconcile');
}

/** Tries again what failed. False when it is none of this shop's failures. */
export async function retryFailure(
  services: Services,
  shopId: ShopId,
  failure: { kind: 'run' | 'webhook'; id: string },
): Promise<boolean> {
  if (failure.kind === 'webhook') {
    const reopened = await services.db.inShop(shopId, (scope) => reopenDelivery(scope, failure.id));
    if (reopened) await services.queue.enqueue(processInbox, { shopId });
    return reopened;
  }
  if (!isUuid(failure.id)) return false;
  if (await retryFailedJob(services, shopId, failure.id)) return true;
  const run = await services.db.inShop(shopId, (scope) => reopenRun(scope, failure.id, services.clock.now()));
  if (run) await enqueueRun(services, shopId, run);
  return run !== null;
}

/** Saves the merchant's settings and brings storefront, discount and holdout up to date. */
export async function changeMerchantSettings(
  services: Services,
  shopId: ShopId,
  input: unknown,
): Promise<Result<EnteredSettings, 'invalid'>> {
  const changed = await changeSettings(services, shopId, input);
  if (!changed.ok) return changed;
  const { holdoutBps } = changed.value;
  const change = { holdoutBps, freshSalt: randomBytes(16).toString('hex'), now: services.clock.now() };
  await services.db.inShop(shopId, (scope) => setHoldout(scope, change));
  await startPublishBundles(services, shopId);
  // Codes of ours follow the matrix of what stands with what, and leave the margin that is wanted now.
  await publishCodes(services, shopId);
  await renewCodeGuardSoon(services, shopId);
  return ok(changed.value);
}
