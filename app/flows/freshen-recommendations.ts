import { deleteRetired, freshenLists, staleProductIds } from '#app/domains/recommendations/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';
import { refreshBundles } from './jobs.ts';

/** Lists of new products go to the store in one go with what comes right after them. */
const publishDelayMs = 15_000;

/** New orders reach the served lists, and the store's where a page shows something else now. May run any number of times. */
const freshenShop: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, signal }) => {
  if (!(await findConnectedShop(services, shopId))) return;
  let popularChanged = false;
  for (let more = true; more;) {
    signal.throwIfAborted();
    const fresh = await services.db.inShop(shopId, (scope) => freshenLists(scope, services.clock.now()), {
      timeoutMs: 120_000,
    });
    more = fresh.more;
    popularChanged ||= fresh.popular;
  }
  // Asked for after each training too, and by then every process answers from the new version.
  await services.db.inShop(shopId, (scope) => deleteRetired(scope, services.clock.now()), { timeoutMs: 120_000 });
  if (!popularChanged && (await services.db.inShop(shopId, staleProductIds)).length === 0) return;
  await services.queue.enqueue(
    refreshBundles,
    { shopId },
    { delayMs: publishDelayMs, deduplicationKey: `bundles-${shopId}` },
  );
};

export default freshenShop;
