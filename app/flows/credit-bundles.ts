import { bundlesByTitle, creditedBundle } from '#app/domains/bundles/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';

/** Orders with each line credited to the bundle that its discount names, see `creditedBundle`. */
export async function creditBundles(scope: ShopScope, orders: readonly PlatformOrder[]): Promise<PlatformOrder[]> {
  const words = orders.flatMap(({ lines }) => lines.flatMap(({ discounts = [] }) => discounts));
  const known = await bundlesByTitle(scope, words);
  if (known.length === 0) return [...orders];
  return orders.map((order) => ({
    ...order,
    lines: order.lines.map((line) => ({
      ...line,
      bundleId: creditedBundle(line.bundleId, line.productId, line.discounts ?? [], known),
    })),
  }));
}
