import { findShop, type Shop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { Platform, ShopCapabilities, ShopRef } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';

export interface ConnectedShop {
  readonly shop: Shop;
  readonly ref: ShopRef;
  readonly platform: Platform;
  /** what this very store can do now */
  readonly capabilities: ShopCapabilities;
}

/** The shop with its platform's adapter, or null when there is nobody to work for: erased or uninstalled. */
export async function findConnectedShop(
  services: Pick<Services, 'db' | 'platforms'>,
  shopId: ShopId,
): Promise<ConnectedShop | null> {
  const shop = await services.db.inShop(shopId, findShop);
  if (!shop || shop.status === 'uninstalled') return null;
  const platform = services.platforms[shop.platform];
  return platform && connectedShop(shop, platform);
}

/** What the shop's store can do now; null where nobody speaks with its platform. */
export function capabilitiesOfShop({ platforms }: Pick<Services, 'platforms'>, shop: Shop): ShopCapabilities | null {
  return platforms[shop.platform]?.capabilitiesOf(shop.platformState.companion ?? null) ?? null;
}

export const connectedShop = (shop: Shop, platform: Platform): ConnectedShop => ({
  shop,
  ref: { shopId: shop.id, domain: shop.domain },
  platform,
  capabilities: platform.capabilitiesOf(shop.platformState.companion ?? null),
});
