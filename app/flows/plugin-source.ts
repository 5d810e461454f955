import { findShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { readPluginSecret } from '#app/platforms/woocommerce/auth/store.ts';
import type { ShopId } from '#app/shared/ids.ts';

export interface PluginSource {
  readonly shopId: ShopId;
  /** what the plugin signs with */
  readonly secret: string;
}

/** The connected store whose plugin calls; null where there is none. */
export async function findPluginSource(
  { db, secrets }: Pick<Services, 'db' | 'secrets'>,
  shopId: ShopId,
): Promise<PluginSource | null> {
  return db.inShop(shopId, async (scope) => {
    const shop = await findShop(scope);
    const secret = shop && shop.status !== 'uninstalled' ? await readPluginSecret(scope, secrets) : null;
    return secret === null ? null : { shopId, secret };
  });
}
