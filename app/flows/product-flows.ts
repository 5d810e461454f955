import { markProductDeleted, readPricesAndCosts } from '#app/domains/catalog/index.ts';
import { isDeliveredPart } from '#app/domains/deliveries/index.ts';
import type { Step } from '#app/domains/inbox/index.ts';
import { staleProductIds, watchAvailability } from '#app/domains/recommendations/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { EventOf } from '#app/platforms/platform.ts';
import { forgetBundlePages } from './bundle-page.ts';
import { renewCodeGuardSoon } from './codes/enqueue.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { deliverBundles, refreshBundles } from './jobs.ts';
import { pagesWithBundles } from './publish-storefront.ts';
import { byWebhook, saveRecords } from './save-records.ts';

/** Changes of products come in bursts: the store is brought up to date once after each. */
const refreshDelayMs = 15_000;

/** The products as they are now to the mirror; bundles and lists that hold them are brought up to date. */
export function productChanged(services: Services, connected: ConnectedShop): Step<EventOf<'product-changed'>>[] {
  return [
    { name: 'catalog', leads: true, subject: ({ id }) => id, run: (id) => mirrorProduct(services, connected, id) },
    storefrontStep(services, connected),
  ];
}

export function productDeleted(services: Services, connected: ConnectedShop): Step<EventOf<'product-deleted'>>[] {
  return [
    {
      name: 'catalog',
      leads: true,
      async write(scope, events) {
        for (const { id } of events) await forgetProduct(services, scope, id);
      },
    },
    storefrontStep(services, connected),
  ];
}

/** Stock moved: which product it belongs to is asked, then the product is read whole, once for all its variants. */
export function stockChanged(services: Services, connected: ConnectedShop): Step<EventOf<'stock-changed'>>[] {
  const { platform, ref } = connected;
  const asked = new Map<string, Promise<string | null>>();
  const productOf = (inventoryItemId: string) => {
    const answer = asked.get(inventoryItemId) ?? platform.findProductOfStock(ref, inventoryItemId);
    asked.set(inventoryItemId, answer);
    return answer;
  };
  return [
    {
      name: 'catalog',
      leads: true,
      subject: ({ inventoryItemId }) => productOf(inventoryItemId),
      run: (productId) => mirrorProduct(services, connected, productId),
    },
    storefrontStep(services, connected),
  ];
}

/** Marks a product as gone, and the lists in the store that name it as untrue. */
export async function forgetProduct(services: Pick<Services, 'clock'>, scope: ShopScope, id: string): Promise<void> {
  const now = services.clock.now();
  await watchAvailability(scope, [id], now, () => markProductDeleted(scope, id, now));
}

async function mirrorProduct(services: Services, { ref, platform, shop }: ConnectedShop, id: string): Promise<void> {
  const readAt = services.clock.now();
  const record = await platform.readOne(ref, 'products', id);
  const { repriced, isPart } = await services.db.inShop(ref.shopId, async (scope) => {
    const before = await readPricesAndCosts(scope, id);
    if (record) await saveRecords(services, scope, [record], { ...byWebhook(shop), readAt });
    else await forgetProduct(services, scope, id);
    return {
      repriced: before !== (await readPricesAndCosts(scope, id)),
      isPart: await isDeliveredPart(scope, id),
    };
  });
  if (!repriced) return;
  await renewCodeGuardSoon(services, ref.shopId);
  // The discount may be the same at another price; a product of the store that is made of this one costs what its parts do.
  if (isPart)
    await services.queue.enqueue(
      deliverBundles,
      { shopId: ref.shopId },
      { delayMs: refreshDelayMs, deduplicationKey: `deliver-parts-${ref.shopId}` },
    );
}

function storefrontStep(services: Services, { ref, shop }: ConnectedShop): Step<unknown> {
  return {
    name: 'storefront',
    subject: () => ref.shopId,
    async run() {
      await forgetBundlePages(services, ref.shopId);
      // Most changes leave the store's pages as they are: no bundle was ever published, no list became untrue.
      const bundles = pagesWithBundles(shop.platformState.bundleDigests).length > 0;
      if (!bundles && (await services.db.inShop(ref.shopId, staleProductIds)).length === 0) return;
      await services.queue.enqueue(
        refreshBundles,
        { shopId: ref.shopId },
        { delayMs: refreshDelayMs, deduplicationKey: `bundles-${ref.shopId}` },
      );
    },
  };
}
