import type { PlatformDependencies } from '#app/infra/create-services.ts';
import type { Platform, PlatformKind } from '#app/platforms/platform.ts';
import { createShopifyPlatform } from '#app/platforms/shopify/index.ts';
import { createWoocommercePlatform } from '#app/platforms/woocommerce/index.ts';

/** The adapters of this process, by platform. */
export function createPlatforms(dependencies: PlatformDependencies): Record<PlatformKind, Platform | null> {
  return { shopify: createShopifyPlatform(dependencies), woocommerce: createWoocommercePlatform(dependencies) };
}
