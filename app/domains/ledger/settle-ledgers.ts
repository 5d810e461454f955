import type { JobHandler } from '#app/infra/jobs.ts';
import { closeDue } from './close-account.ts';
import { settleDue } from './settle-due.ts';
import { readShopsWithDueLots } from './store-checks.ts';

/** Accounts that are locked together. */
const batch = 500;

/** Goes through all shops in which something is due. A batch that was killed is still due the next time. */
const settleLedgers: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  const now = services.clock.now();
  // Sees all shops, because it looks for those in which something is due.
  const shopIds = await services.db.asSystem((scope) => readShopsWithDueLots(scope, now));
  const failures: unknown[] = [];
  for (const shopId of shopIds) {
    try {
      let settled: readonly unknown[];
      do {
        signal.throwIfAborted();
        settled = await services.db.inShop(shopId, (scope) => settleDue(scope, now, batch));
      } while (settled.length > 0);
      while ((await services.db.inShop(shopId, (scope) => closeDue(scope, now, batch))) > 0) signal.throwIfAborted();
    } catch (error) {
      signal.throwIfAborted();
      services.log.warn({ shopId, err: error }, 'what is due in a ledger could not be settled');
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${String(failures.length)} ledgers could not be settled`);
};

export default settleLedgers;
