import type { CustomerTagging, ShopRef } from '#app/platforms/platform.ts';
import { addTagsDocument, removeTagsDocument } from '../documents/tags.ts';
import type { AdminClient } from '../graphql/client.ts';
import { toGid } from '../ids.ts';

/** One call changes one customer: a few seconds of what Shopify allows a store at its slowest. */
export const customersTaggedAtOnce = 20;

/** Shopify's own tags. What is to go goes first: two that differ in their case alone are one to Shopify. */
export async function tagCustomers(
  client: AdminClient,
  shop: ShopRef,
  taggings: readonly CustomerTagging[],
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  for (const { customerId, add, remove } of taggings) {
    const id = toGid('Customer', customerId);
    const errors = [
      ...(remove.length === 0
        ? []
        : (await client.run(shop, removeTagsDocument, { id, tags: remove })).tagsRemove.userErrors),
      ...(add.length === 0 ? [] : (await client.run(shop, addTagsDocument, { id, tags: add })).tagsAdd.userErrors),
    ];
    if (errors[0]) refused.set(customerId, errors[0].message);
  }
  return refused;
}
