import type { ShopScope } from '#app/infra/database.ts';
import { type AnyBundle, type BundleItem, type Group, groupsOf, isSet } from './model.ts';
import { readCollectionProducts, readGroupProducts } from './store-publication.ts';

/** Products of what offers name as a whole, by the name that `keyOf` gives it. */
type WholeProducts = ReadonlyMap<string, readonly string[]>;

const keyOf = ({ meant }: Group): string => JSON.stringify(meant);

/** The products of all collections and groups that these offers name. */
export async function readWholes(scope: ShopScope, bundles: readonly AnyBundle[]): Promise<WholeProducts> {
  const collectionIds = bundles.flatMap((bundle) =>
    'collections' in bundle ? bundle.collections.map(({ collectionId }) => collectionId) : [],
  );
  const found = new Map(await readCollectionProducts(scope, collectionIds));
  for (const group of bundles.flatMap(groupsOf)) {
    const key = keyOf(group);
    if (!found.has(key)) found.set(key, await readGroupProducts(scope, group.meant));
  }
  return found;
}

/** Offers with the products of their collections and groups behind their own items, each product once in a role. */
export function withWholes(bundle: AnyBundle, productsOf: WholeProducts): AnyBundle {
  if (isSet(bundle)) return bundle;
  const wholes = [
    ...bundle.collections.map(({ collectionId, role }) => ({ key: collectionId, role })),
    ...groupsOf(bundle).map((group) => ({ key: keyOf(group), role: group.role })),
  ];
  if (wholes.length === 0) return bundle;
  const named = new Set(bundle.items.map((item) => `${item.role ?? 'part'}/${item.productId}`));
  const added: BundleItem[] = [];
  for (const { key, role } of wholes) {
    for (const productId of productsOf.get(key) ?? []) {
      if (named.has(`${role}/${productId}`)) continue;
      named.add(`${role}/${productId}`);
      added.push({ productId, variantId: null, quantity: 1, role });
    }
  }
  return { ...bundle, items: [...bundle.items, ...added] };
}
