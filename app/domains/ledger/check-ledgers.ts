import type { JobHandler } from '#app/infra/jobs.ts';
import { checkLedger } from './check-ledger.ts';
import { readLedgerShops } from './store-checks.ts';

/** Millions of postings take this long (milliseconds). */
const shopTimeoutMs = 10 * 60_000;

/** Proves every shop's ledger. What does not agree is kept for the merchant's page and fails the job, so that somebody looks. */
const checkLedgers: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  // Sees all shops, because each of them keeps a ledger.
  const shopIds = await services.db.asSystem(readLedgerShops);
  const wrong: string[] = [];
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    const { differences } = await services.db.inShop(shopId, (scope) => checkLedger(scope, services.clock.now()), {
      timeoutMs: shopTimeoutMs,
    });
    if (differences.length === 0) continue;
    services.log.error({ shopId, differences: differences.slice(0, 10) }, 'a ledger does not add up');
    wrong.push(shopId);
  }
  if (wrong.length > 0) throw new Error(`ledgers that do not add up: ${wrong.join(', ')}`);
};

export default checkLedgers;
