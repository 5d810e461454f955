import { createHash } from 'node:crypto';
import type { ShopScope } from '#app/infra/database.ts';
import { readLists, readSellableAmong, readSellableIds } from './store.ts';
import { readPublished, savePublished } from './version-store.ts';

/** What one product page shows; `digest` changes exactly when the two lists do. */
export interface ProductLists {
  readonly productId: string;
  readonly together: readonly string[];
  readonly similar: readonly string[];
  readonly digest: string;
  /** digest of what stands in the store, null before the first publication, a mark where it is out of date */
  readonly standing: string | null;
  /** already stands in the store like this */
  readonly published: boolean;
}

const publishedPerList = 12;

/**
 * The lists of some products as they should stand in the store, with whether they already do. What cannot be bought
 * at this moment is left out; further candidates, then popular products, take its place.
 */
export async function listsForPublication(scope: ShopScope, productIds: readonly string[]): Promise<ProductLists[]> {
  const together = new Map(
    (await readLists(scope, 'together', productIds)).map((list) => [list.subjectId, list.suggestions]),
  );
  const similar = new Map(
    (await readLists(scope, 'similar', productIds)).map((list) => [list.subjectId, list.suggestions]),
  );
  const popular = (await readLists(scope, 'popular', ['']))[0]?.suggestions ?? [];
  const published = await readPublished(scope, productIds);
  const named = [...together.values(), ...similar.values(), popular].flat().map((one) => one.productId);
  const sellable = new Set(await readSellableAmong(scope, [...new Set(named)]));
  return productIds.map((productId) => {
    const ids = (lists: typeof together) => {
      const list = lists.get(productId);
      // A product that came after the training has no list: the theme shows the store's popular products.
      if (list === undefined) return [];
      const candidates = new Set([...list, ...popular].map((one) => one.productId));
      return [...candidates].filter((id) => id !== productId && sellable.has(id)).slice(0, publishedPerList);
    };
    const lists = { together: ids(together), similar: ids(similar) };
    const digest = createHash('sha256').update(JSON.stringify(lists)).digest('hex').slice(0, 32);
    const standing = published.get(productId) ?? null;
    return { productId, ...lists, digest, standing, published: standing === digest };
  });
}

/** Remembers what now stands in the store; a product that was marked as out of date meanwhile stays marked. */
export const markPublished = savePublished;

/** Sellable products in id order, for walking through the shop in pages. */
export async function sellableProductIds(scope: ShopScope): Promise<string[]> {
  return (await readSellableIds(scope)).sort();
}
