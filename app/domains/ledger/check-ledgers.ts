import type { JobHandler } from '#app/infra/jobs.ts';
import { checkLedger } from './check-ledger.ts';
import { readLedgerShops } from './store-checks.ts';

/** Millions of postings take this long (milliseconds). */
const shopTimeoutMs = 10 * 60_000;

/** Proves every shop's ledger. What does not agree is kept for the merchant's page and fails the job, so that somebody looks; one that cannot be checked holds up no other. */
const checkLedgers: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  // Sees all shops, because each of them keeps a ledger.
  const shopIds = await services.db.asSystem(readLedgerShops);
  const failures: Error[] = [];
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    try {
      const { differences } = await services.db.inShop(shopId, (scope) => checkLedger(scope, services.clock.now()), {
        timeoutMs: shopTimeoutMs,
      });
      if (differences.length === 0) continue;
      services.log.error({ shopId, differences: differences.slice(0, 10) }, 'a ledger does not add up');
      failures.push(new Error(`the ledger of ${shopId} does not add up`));
    } catch (error) {
      signal.throwIfAborted();
      services.log.warn({ shopId, err: error }, 'a ledger could not be checked');
      failures.push(new Error(`the ledger of ${shopId} could not be checked`, { cause: error }));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(({ message }) => message).join('; '));
};

export default checkLedgers;
