import type { ShopScope } from '#app/infra/database.ts';
import { type AnyBundle, type BundleItem, type FoundGroup, type Group, groupsOf, isSet } from './model.ts';
import { readCollectionProducts, readGroupProducts } from './store-publication.ts';

/** Products of what offers name as a whole, by the name that `keyOf` gives it. */
type WholeProducts = ReadonlyMap<string, readonly string[]>;

const keyOf = ({ meant }: Pick<Group, 'meant'>): string => JSON.stringify(meant);

const isSame = (a: Group, b: Group): boolean => a.role === b.role && keyOf(a) === keyOf(b);

/** What is kept for a group that an offer has; nothing of one that it no longer has. */
const keptFor = ({ found = [] }: AnyBundle, group: Group): readonly string[] | null =>
  found.find((one) => isSame(one, group))?.productIds ?? null;

/**
 * The products of all collections and groups that these offers name. Those of groups are looked up in what the latest
 * publication found, which is what the checkout knows: anybody may ask for a page, and a search goes through the whole
 * catalogue. Only what was never published is searched for.
 */
export function readWholes(scope: ShopScope, bundles: readonly AnyBundle[]): Promise<WholeProducts> {
  const kept = new Map<string, readonly string[]>();
  for (const bundle of bundles) {
    for (const group of groupsOf(bundle)) {
      const own = keptFor(bundle, group);
      // Offers that name the same may have been published at different times.
      if (own) kept.set(keyOf(group), [...new Set([...(kept.get(keyOf(group)) ?? []), ...own])]);
    }
  }
  return wholesBeside(scope, bundles, kept);
}

/** The same as of now, for a publication. */
export const searchWholes = (scope: ShopScope, bundles: readonly AnyBundle[]): Promise<WholeProducts> =>
  wholesBeside(scope, bundles, new Map());

/** What a publication found for the groups of each offer that has any, or had any when it was published before. */
export const foundGroups = (bundles: readonly AnyBundle[], wholes: WholeProducts): ReadonlyMap<string, FoundGroup[]> =>
  new Map(
    bundles.flatMap((bundle): [string, FoundGroup[]][] => {
      const groups = groupsOf(bundle).map((group) => ({ ...group, productIds: [...(wholes.get(keyOf(group)) ?? [])] }));
      return groups.length === 0 && !bundle.found ? [] : [[bundle.id, groups]];
    }),
  );

/** The same with what the checkout reduces until it has taken the publication. */
export const besideKept = (
  bundles: readonly AnyBundle[],
  found: ReadonlyMap<string, readonly FoundGroup[]>,
): ReadonlyMap<string, FoundGroup[]> =>
  new Map(
    bundles.flatMap((bundle): [string, FoundGroup[]][] => {
      const groups = found.get(bundle.id)?.map((group) => ({
        ...group,
        productIds: [...new Set([...(keptFor(bundle, group) ?? []), ...group.productIds])],
      }));
      return groups ? [[bundle.id, groups]] : [];
    }),
  );

async function wholesBeside(
  scope: ShopScope,
  bundles: readonly AnyBundle[],
  kept: WholeProducts,
): Promise<WholeProducts> {
  const collectionIds = bundles.flatMap((bundle) =>
    'collections' in bundle ? bundle.collections.map(({ collectionId }) => collectionId) : [],
  );
  const found = new Map([...kept, ...(await readCollectionProducts(scope, collectionIds))]);
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
