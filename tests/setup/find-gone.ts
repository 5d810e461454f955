import { connectedShop } from '#app/flows/connected-shop.ts';
import { deletedCursor, findDeleted } from '#app/flows/find-deleted.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ExportResource } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { TestServices } from './services.ts';

/** The daily comparison finds that the store has these records no more. */
export async function findGone(
  { services }: TestServices,
  shopId: ShopId,
  gone: Partial<Record<ExportResource, readonly string[]>>,
): Promise<number> {
  const shop = await services.db.inShop(shopId, readShop);
  const platform = services.platforms[shop.platform];
  if (!platform) throw new Error('no adapter');
  const connected = connectedShop(shop, {
    ...platform,
    compare: (_ref, resource, ids) =>
      Promise.resolve({ missing: ids.filter((id) => gone[resource]?.includes(id)), seen: [] }),
  });
  const { signal } = new AbortController();
  return findDeleted(services, connected, deletedCursor.parse({}), () => Promise.resolve(), signal);
}
