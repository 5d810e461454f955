import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopCapabilities } from '#app/platforms/platform.ts';
import { readHeldKeys, readKept } from './kept-from.ts';

/** Products that this customer, or a guest (null), is not suggested, because they are for others alone. */
export async function keptForOthers(
  scope: ShopScope,
  {
    shop,
    capabilities,
    now,
  }: { readonly shop: Shop; readonly capabilities: ShopCapabilities | null; readonly now: Date },
  customerId: string | null,
): Promise<ReadonlySet<string>> {
  if (!capabilities?.exclusiveProducts) return new Set();
  const kept = await readKept(scope, shop.timeZone, now);
  const held = customerId === null || kept.size === 0 ? [] : await readHeldKeys(scope, customerId);
  return new Set([...kept].flatMap(([id, keys]) => (keys.some((key) => held.includes(key)) ? [] : [id])));
}
