import { getAnyBundle } from '#app/domains/bundles/index.ts';
import { type Delivery, saveChoice } from '#app/domains/deliveries/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { deliverBundles, refreshBundles } from './jobs.ts';

/** Keeps how the merchant wants a bundle delivered and begins to bring the store in line. Failure: 'not-found'. */
export async function chooseDelivery(
  services: Services,
  shopId: ShopId,
  bundleId: string,
  delivery: Delivery,
): Promise<Result<Delivery, 'not-found'>> {
  const found = await services.db.inShop(shopId, async (scope) => {
    const bundle = await getAnyBundle(scope, bundleId, services.clock.now());
    if (bundle.ok) await saveChoice(scope, bundle.value.bundle.id, delivery);
    return bundle.ok;
  });
  if (!found) return fail('not-found', 'This bundle is no longer there.');
  // Not deduplicated: a job that runs already may have read the choices before this one.
  await services.queue.enqueue(deliverBundles, { shopId });
  // Product pages put the bundle's own product or its parts into the cart.
  await services.queue.enqueue(refreshBundles, { shopId });
  return ok(delivery);
}
