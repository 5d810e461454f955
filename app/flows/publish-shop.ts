import { performRun } from '#app/domains/activity/index.ts';
import { readUsualCodeBps } from '#app/domains/orders/index.ts';
import { sellableProductIds } from '#app/domains/recommendations/index.ts';
import { findShop, mergePlatformState, mostReserveBps } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { noteStoreCodes } from './codes/note-store-codes.ts';
import { findConnectedShop } from './connected-shop.ts';
import { noteUsualTax } from './note-usual-tax.ts';
import { publishStorefront } from './publish-storefront.ts';
import { refreshProfile } from './settle-shop.ts';

/** Publishes everything of a shop: what was written before and has not changed is skipped, which also makes it resumable. */
const publishShop: JobHandler<{ shopId: ShopId; runId: string }> = async (ids, { services, lastAttempt, signal }) => {
  await performRun(services, ids, { lastAttempt, signal }, async (_run, progress) => {
    await noteUsualCode(services, ids.shopId);
    await noteUsualTax(services, ids.shopId);
    const before = await findConnectedShop(services, ids.shopId);
    if (before?.shop.status === 'installed') {
      await refreshProfile(services, before.shop.platform, before.ref);
      await noteStoreCodes(services, before);
    }
    const connected = await findConnectedShop(services, ids.shopId);
    if (!connected) return {};
    const products = await services.db.inShop(ids.shopId, sellableProductIds);
    return publishStorefront(services, connected, products, (done, total) =>
      progress.report('publishing', done, total),
    );
  });
};

/** Days of orders that say what codes usually take off. */
const usualDays = 90;

/** Keeps what codes took off lately, which discounts of ours leave to one where the merchant says nothing else. */
async function noteUsualCode({ db, clock }: Services, shopId: ShopId): Promise<void> {
  const since = new Date(clock.now().getTime() - usualDays * 86_400_000);
  await db.inShop(shopId, async (scope) => {
    const shop = await findShop(scope);
    const usualCodeBps = Math.min(await readUsualCodeBps(scope, since), mostReserveBps);
    if (shop && (shop.platformState.usualCodeBps ?? 0) !== usualCodeBps)
      await mergePlatformState(scope, { usualCodeBps });
  });
}

export default publishShop;
