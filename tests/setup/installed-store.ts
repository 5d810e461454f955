import { listRuns } from '#app/domains/activity/index.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { TestStore } from './shopify.ts';

/** The merchant opens the app; the first visit installs the shop. */
export async function visit(store: TestStore): Promise<ShopId> {
  const request = new Request(`${store.appUrl}/`, { headers: { authorization: `Bearer ${store.sessionToken()}` } });
  const outcome = await authenticateMerchant(store.test.services, request);
  if (outcome.code !== 'authenticated') throw new Error(outcome.code);
  return outcome.shopId;
}

/** The merchant's first visit: the shop is installed, its import waits. */
export async function installedStore(store: TestStore): Promise<{ shopId: ShopId; importRun: string }> {
  const shopId = await visit(store);
  const [run] = await store.test.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind: 'import' }));
  if (!run) throw new Error('no import was started');
  return { shopId, importRun: run.id };
}
