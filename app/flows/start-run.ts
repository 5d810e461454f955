import { randomUUID } from 'node:crypto';
import { addRun, type Run, type RunKind } from '#app/domains/activity/index.ts';
import type { JobDefinition } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { makeManyCodes } from './codes/jobs.ts';
import {
  backtestShop,
  collectCustomerData,
  importShop,
  mineBundles,
  publishBundles,
  publishShop,
  recommendForShop,
  reconcileShop,
} from './jobs.ts';
import { simulateLoyalty } from './loyalty/jobs.ts';

type RunJob = JobDefinition<{ shopId: ShopId; runId: string }>;

const jobOf: Readonly<Record<Exclude<RunKind, 'upkeep'>, RunJob>> = {
  import: importShop,
  recommend: recommendForShop,
  publish: publishShop,
  'publish-bundles': publishBundles,
  reconcile: reconcileShop,
  'data-request': collectCustomerData,
  'mine-bundles': mineBundles,
  backtest: backtestShop,
  'loyalty-simulation': simulateLoyalty,
  codes: makeManyCodes,
};

/** Puts the job of a run in line. */
export async function enqueueRun(
  services: Services,
  shopId: ShopId,
  run: { id: string; kind: RunKind },
): Promise<void> {
  // Such a run is a note of what failed: its job is tried again by its own name.
  if (run.kind === 'upkeep') return;
  await services.queue.enqueue(jobOf[run.kind], { shopId, runId: run.id });
}

/**
 * Starts a visible run, or returns the one of its kind that waits already. The row comes first: should the
 * queue refuse the job, the sweeper finds the row.
 * @param id of the run, where asking twice for the same must not make two
 */
export async function startRun(
  services: Services,
  shopId: ShopId,
  kind: RunKind,
  cursor: Record<string, unknown> = {},
  id: string = randomUUID(),
): Promise<Run> {
  const run = await services.db.inShop(shopId, (scope) =>
    addRun(scope, { id, kind, cursor, now: services.clock.now() }),
  );
  if (run.id === id) await announceRun(services, shopId, run);
  return run;
}

/** Puts the job of a stored run in line, or leaves that to the sweeper. */
export async function announceRun(services: Services, shopId: ShopId, run: Run): Promise<void> {
  await enqueueRun(services, shopId, run).catch((error: unknown) => {
    services.log.warn(
      { shopId, runId: run.id, kind: run.kind, err: error },
      'the job of a run could not be enqueued, the sweeper will',
    );
  });
}
