import type { ExportResource, ShopRef } from '#app/platforms/platform.ts';
import { missingCustomersDocument, missingOrdersDocument, missingProductsDocument } from '../documents/records.ts';
import type { AdminClient } from '../graphql/client.ts';
import { fromGid, type GidType, toGid } from '../ids.ts';

const kinds = {
  products: { type: 'Product', document: missingProductsDocument },
  customers: { type: 'Customer', document: missingCustomersDocument },
  orders: { type: 'Order', document: missingOrdersDocument },
} as const satisfies Record<ExportResource, { type: GidType; document: unknown }>;

/** Which of the named records Shopify does not have. Without `read_all_orders` old orders are hidden, so that nothing can be said of orders. */
export async function findMissing(
  client: AdminClient,
  shop: ShopRef,
  resource: ExportResource,
  ids: readonly string[],
  scopes: readonly string[],
): Promise<string[]> {
  if (ids.length === 0 || (resource === 'orders' && !scopes.includes('read_all_orders'))) return [];
  const { type, document } = kinds[resource];
  const { nodes } = await client.run(shop, document, { ids: ids.map((id) => toGid(type, id)) });
  const there = new Set(nodes.flatMap((node) => (node === null ? [] : [fromGid(node.id)])));
  return ids.filter((id) => !there.has(id));
}
