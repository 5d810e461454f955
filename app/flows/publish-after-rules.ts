import { listRules, nextRuleChange } from '#app/domains/recommendations/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { rulesDue } from './jobs.ts';
import { startRun } from './start-run.ts';

/**
 * Brings the store's lists in line with the merchant's rules and settings as they stand now, and sees to it that the
 * next start or end of a rule does the same. Carts follow by themselves within seconds.
 */
export async function publishAfterRules(services: Services, shopId: ShopId): Promise<void> {
  await startRun(services, shopId, 'publish');
  const now = services.clock.now();
  const next = nextRuleChange(await services.db.inShop(shopId, (scope) => listRules(scope, now)), now);
  if (next === null) return;
  await services.queue.enqueue(
    rulesDue,
    { shopId },
    // A queue takes no delay beyond 2^31 ms; who comes early asks for the next time again.
    {
      delayMs: Math.min(next.getTime() - now.getTime(), 20 * 24 * 3_600_000),
      deduplicationKey: `rules-${shopId}-${String(next.getTime())}`,
    },
  );
}
