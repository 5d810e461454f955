import type { ShopScope } from '#app/infra/database.ts';
import { readSellableAmong } from './store.ts';
import { markStale } from './version-store.ts';

/**
 * Does `change`, which may touch the named products, and marks the published lists that it makes untrue: those
 * that name a product which can be bought no more, or again. Nothing is retrained.
 */
export async function watchAvailability<T>(
  scope: ShopScope,
  productIds: readonly string[],
  now: Date,
  change: () => Promise<T>,
): Promise<T> {
  const before = new Set(await readSellableAmong(scope, productIds));
  const outcome = await change();
  const after = new Set(await readSellableAmong(scope, productIds));
  const turned = productIds.filter((id) => before.has(id) !== after.has(id));
  if (turned.length > 0) await markStale(scope, turned, now);
  return outcome;
}
