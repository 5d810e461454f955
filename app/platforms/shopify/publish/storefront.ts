import type { ShopRef, StorefrontPublication } from '#app/platforms/platform.ts';
import { readShopDocument } from '../documents/shop.ts';
import type { AdminClient } from '../graphql/client.ts';
import { toGid } from '../ids.ts';
import { dropMetafields, type Metafield, setMetafields } from './products.ts';

/** Writes the shop-wide settings to the app installation, where themes read them as `app.metafields`. */
export async function publishStorefront(
  client: AdminClient,
  shop: ShopRef,
  settings: StorefrontPublication,
): Promise<void> {
  const { currentAppInstallation } = await client.run(shop, readShopDocument);
  const owner = { ownerId: currentAppInstallation.id, namespace: '$app' as const };
  const { popular, goals = [], earn, programme, ...storefront } = settings;
  const metafields: Metafield[] = [{ ...owner, key: 'storefront', type: 'json', value: JSON.stringify(storefront) }];
  if (popular.length > 0) {
    const value = JSON.stringify(popular.slice(0, 50).map((id) => toGid('Product', id)));
    metafields.push({ ...owner, key: 'popular', type: 'list.product_reference', value });
  }
  if (goals.length > 0) metafields.push({ ...owner, key: 'goals', type: 'json', value: JSON.stringify(goals) });
  if (earn) metafields.push({ ...owner, key: 'earn', type: 'json', value: JSON.stringify(earn) });
  if (programme) metafields.push({ ...owner, key: 'programme', type: 'json', value: JSON.stringify(programme) });
  const gifts = [...new Set(goals.flatMap((goal) => goal.items.map((item) => item.productId)))];
  if (gifts.length > 0) {
    const value = JSON.stringify(gifts.slice(0, 50).map((id) => toGid('Product', id)));
    metafields.push({ ...owner, key: 'goal_products', type: 'list.product_reference', value });
  }
  await setMetafields(client, shop, metafields);
  const empty = [
    ...(popular.length === 0 ? ['popular'] : []),
    ...(goals.length === 0 ? ['goals'] : []),
    ...(gifts.length === 0 ? ['goal_products'] : []),
    ...(earn ? [] : ['earn']),
    ...(programme ? [] : ['programme']),
  ];
  if (empty.length > 0)
    await dropMetafields(
      client,
      shop,
      empty.map((key) => ({ ...owner, key })),
    );
}
