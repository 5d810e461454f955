import { silentMs, takeStaleRuns } from '#app/domains/activity/index.ts';
import { findShopsWithDueDeliveries } from '#app/domains/inbox/index.ts';
import { findShopsWithPending } from '#app/domains/recommendations/index.ts';
import { findShopsToLeave } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { enqueueFreshening } from './enqueue-freshening.ts';
import { enqueueLeave } from './enqueue-leave.ts';
import { processInbox } from './jobs.ts';
import { enqueueRun } from './start-run.ts';

/** Orders that wait longer than this for their lists have lost their job. */
const freshenWithinMs = 2 * 60_000;
/** A disconnected store that still holds something of ours after all tries of its job has lost it. */
const leaveWithinMs = 15 * 60_000;

/**
 * Puts back in line what lost its job: deliveries that are due, orders for the lists, runs whose worker fell silent,
 * disconnected stores that were not cleared.
 */
const sweep: JobHandler<Record<string, never>> = async (_payload, { services }) => {
  const now = services.clock.now();
  // Lost work is looked for across all shops; each job then works in its own.
  const shopIds = await services.db.asSystem((scope) => findShopsWithDueDeliveries(scope, now));
  for (const shopId of shopIds) await services.queue.enqueue(processInbox, { shopId });
  const waiting = await services.db.asSystem((scope) =>
    findShopsWithPending(scope, new Date(now.getTime() - freshenWithinMs)),
  );
  for (const shopId of waiting) await enqueueFreshening(services, shopId);
  // Only where we take leave ourselves: other platforms take back everything when their merchant uninstalls the app.
  const kinds = Object.values(services.platforms).flatMap((platform) =>
    platform?.capabilities.connectPage ? [platform.kind] : [],
  );
  const before = new Date(now.getTime() - leaveWithinMs);
  const leaving = await services.db.asSystem((scope) => findShopsToLeave(scope, kinds, before));
  for (const shopId of leaving) await enqueueLeave(services, shopId);
  const runs = await services.db.asSystem((scope) => takeStaleRuns(scope, new Date(now.getTime() - silentMs), now));
  for (const run of runs) {
    services.log.warn({ shopId: run.shopId, runId: run.id, kind: run.kind }, 'a silent run is taken up again');
    await enqueueRun(services, run.shopId, run);
  }
};

export default sweep;
