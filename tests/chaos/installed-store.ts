import { listRuns } from '#app/domains/activity/index.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { TestStore } from '#tests/setup/shopify.ts';

/** The merchant's first visit: the shop is installed, its import waits. */
export async function installedStore(store: TestStore): Promise<{ shopId: ShopId; importRun: string }> {
  const request = new Request(`${store.appUrl}/`, { headers: { authorization: `Bearer ${store.sessionToken()}` } });
  const outcome = await authenticateMerchant(store.test.services, request);
  if (outcome.code !== 'authenticated') throw new Error(outcome.code);
  const [run] = await store.test.services.db.inShop(outcome.shopId, (scope) =>
    listRuns(scope, { limit: 1, kind: 'import' }),
  );
  if (!run) throw new Error('no import was started');
  return { shopId: outcome.shopId, importRun: run.id };
}
