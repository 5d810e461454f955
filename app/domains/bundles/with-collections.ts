import { type AnyBundle, type BundleItem, isSet } from './model.ts';

/** Offers with the products of their collections behind their own items, each product once in a role. */
export function withCollections(bundle: AnyBundle, productsOf: ReadonlyMap<string, readonly string[]>): AnyBundle {
  if (isSet(bundle) || bundle.collections.length === 0) return bundle;
  const named = new Set(bundle.items.map((item) => `${item.role ?? 'part'}/${item.productId}`));
  const added: BundleItem[] = [];
  for (const { collectionId, role } of bundle.collections) {
    for (const productId of productsOf.get(collectionId) ?? []) {
      if (named.has(`${role}/${productId}`)) continue;
      named.add(`${role}/${productId}`);
      added.push({ productId, variantId: null, quantity: 1, role });
    }
  }
  return { ...bundle, items: [...bundle.items, ...added] };
}
