import { findShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { readWebhookSecret } from '#app/platforms/woocommerce/auth/store.ts';
import type { ShopId } from '#app/shared/ids.ts';

export interface WebhookSource {
  readonly domain: string;
  /** what the store signs with */
  readonly secret: string;
}

/** The store that sends webhooks under a shop's own address; null where there is none. */
export async function findWebhookSource(
  { db, secrets }: Pick<Services, 'db' | 'secrets'>,
  shopId: ShopId,
): Promise<WebhookSource | null> {
  return db.inShop(shopId, async (scope) => {
    const shop = await findShop(scope);
    const secret = shop && (await readWebhookSecret(scope, secrets));
    return shop && secret !== null ? { domain: shop.domain, secret } : null;
  });
}
