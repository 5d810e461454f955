import { createHash } from 'node:crypto';
import type { ShopScope } from '#app/infra/database.ts';
import { readLists, readSellableIds } from './store.ts';
import { readPublished, savePublished } from './version-store.ts';

/** What one product page shows; `digest` changes exactly when the two lists do. */
export interface ProductLists {
  readonly productId: string;
  readonly together: readonly string[];
  readonly similar: readonly string[];
  readonly digest: string;
  /** already stands in the store like this */
  readonly published: boolean;
}

const publishedPerList = 12;

/** The lists of some products as they should stand in the store, with whether they already do. */
export async function listsForPublication(scope: ShopScope, productIds: readonly string[]): Promise<ProductLists[]> {
  const together = new Map((await readLists(scope, 'together', productIds)).map((list) => [list.subjectId, list.suggestions]));
  const similar = new Map((await readLists(scope, 'similar', productIds)).map((list) => [list.subjectId, list.suggestions]));
  const published = await readPublished(scope, productIds);
  return productIds.map((productId) => {
    const ids = (lists: typeof together) => (lists.get(productId) ?? []).slice(0, publishedPerList).map((one) => one.productId);
    const lists = { together: ids(together), similar: ids(similar) };
    const digest = createHash('sha256').update(JSON.stringify(lists)).digest('hex').slice(0, 32);
    return { productId, ...lists, digest, published: published.get(productId) === digest };
  });
}

/** Remembers what now stands in the store. */
export const markPublished = savePublished;

/** Sellable products in id order, for walking through the shop in pages. */
export async function sellableProductIds(scope: ShopScope): Promise<string[]> {
  return (await readSellableIds(scope)).sort();
}
