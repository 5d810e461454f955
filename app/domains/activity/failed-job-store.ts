import { randomUUID } from 'node:crypto';
import type { ShopScope } from '#app/infra/database.ts';

/** What the merchant reads of it; the reason is for the operator's log. */
const words = 'Background work for your store did not succeed. Try again; if it fails again, contact support.';

/**
 * Notes that a job without a run has failed for good: one failed run for each job of a shop, however often it fails.
 * @param error what the merchant reads of it
 */
export async function noteFailedJob(
  scope: ShopScope,
  jobId: string,
  attempts: number,
  now: Date,
  error = words,
): Promise<void> {
  const { shopId } = scope;
  const known = await scope.tx.run.findFirst({
    where: { shopId, kind: 'upkeep', status: 'failed', stage: jobId },
    select: { id: true },
  });
  const values = { attempts, error, finishedAt: now, heartbeatAt: now };
  if (known) await scope.tx.run.updateMany({ where: { shopId, id: known.id }, data: values });
  else
    await scope.tx.run.create({
      data: {
        id: randomUUID(),
        shopId,
        kind: 'upkeep',
        status: 'failed',
        stage: jobId,
        createdAt: now,
        startedAt: now,
        ...values,
      },
    });
}

/** Takes such a note away and returns which job it was about, or null when the run is none. */
export async function takeFailedJob(scope: ShopScope, id: string): Promise<string | null> {
  const where = { shopId: scope.shopId, id, kind: 'upkeep', status: 'failed' };
  const note = await scope.tx.run.findFirst({ where, select: { stage: true } });
  const { count } = await scope.tx.run.deleteMany({ where });
  return count > 0 ? (note?.stage ?? null) : null;
}
