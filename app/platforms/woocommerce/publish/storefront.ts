import { z } from 'zod';
import type { DiscountPublication, ShopRef, StorefrontPublication } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { askPlugin } from '../plugin/ask-plugin.ts';

/** Writes the shop-wide settings, which our plugin reads at every page. @throws CompanionAbsent */
export async function publishStorefront(
  client: RestClient,
  shop: ShopRef,
  settings: StorefrontPublication,
): Promise<void> {
  await askPlugin(client, shop, { path: 'storefront', method: 'PUT', body: settings, answer: z.unknown() });
}

const kept = z.object({ discountId: z.string().nullish() });

/** Writes what our plugin prices carts by, or takes it away where no bundle is live. @throws CompanionAbsent */
export async function publishDiscount(
  client: RestClient,
  shop: ShopRef,
  discount: DiscountPublication,
): Promise<{ discountId: string | null }> {
  const { title, configs, startsAt, classes = ['product'], combinesWith } = discount;
  if (configs.length === 0) {
    await askPlugin(client, shop, { path: 'discount', method: 'DELETE', answer: z.unknown() });
    return { discountId: null };
  }
  // The plugin reads its rules from the configuration; this says in the store's terms what bundles may meet.
  const body = { title, configs, startsAt: startsAt.toISOString(), classes, combinesWith: combinesWith.product };
  const { discountId = null } = await askPlugin(client, shop, { path: 'discount', method: 'PUT', body, answer: kept });
  return { discountId };
}
