import { markProductDeleted, upsertProducts } from '#app/domains/catalog/index.ts';
import type { Step } from '#app/domains/inbox/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { refreshBundles } from './jobs.ts';

/** Changes of products come in bursts: the bundles are looked at once after each. */
const refreshDelayMs = 15_000;

/** The product as it is now to the mirror; bundles that hold it are brought up to date. */
export function productChanged(services: Services, connected: ConnectedShop, id: string): Step[] {
  return [{ name: 'catalog', run: () => mirrorProduct(services, connected, id) }, bundlesStep(services, connected)];
}

export function productDeleted(services: Services, connected: ConnectedShop, id: string): Step[] {
  const { shopId } = connected.ref;
  const forget = () => services.db.inShop(shopId, (scope) => markProductDeleted(scope, id, services.clock.now()));
  return [{ name: 'catalog', run: forget }, bundlesStep(services, connected)];
}

/** Stock moved: which product it belongs to is asked, then the product is read whole. */
export function stockChanged(services: Services, connected: ConnectedShop, inventoryItemId: string): Step[] {
  return [
    {
      name: 'catalog',
      async run() {
        const productId = await connected.platform.findProductOfStock(connected.ref, inventoryItemId);
        if (productId !== null) await mirrorProduct(services, connected, productId);
      },
    },
  ];
}

async function mirrorProduct(services: Services, { ref, platform }: ConnectedShop, id: string): Promise<void> {
  const record = await platform.readOne(ref, 'products', id);
  await services.db.inShop(ref.shopId, async (scope) => {
    if (record?.resource === 'products') await upsertProducts(scope, [record.product]);
    else await markProductDeleted(scope, id, services.clock.now());
  });
}

function bundlesStep(services: Services, { ref, shop }: ConnectedShop): Step {
  return {
    name: 'bundles',
    async run() {
      // Shops that never published a bundle have nothing to bring up to date.
      if (Object.keys(shop.platformState.bundleDigests ?? {}).length === 0) return;
      await services.queue.enqueue(refreshBundles, { shopId: ref.shopId }, { delayMs: refreshDelayMs, deduplicationKey: `bundles-${ref.shopId}` });
    },
  };
}
