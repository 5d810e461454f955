import type { ShopScope } from '#app/infra/database.ts';

export interface ShownTitles {
  /** of collections first, each in alphabetical order */
  readonly titles: readonly string[];
  /** how many there are besides */
  readonly more: number;
}

/**
 * What shoppers find in the store of these products and collections: some of the titles, and the number of the others.
 * What is deleted or not published is left out.
 */
export async function readShownTitles(
  { shopId, tx }: ShopScope,
  chosen: { readonly productIds: readonly string[]; readonly collectionIds: readonly string[] },
  most: number,
): Promise<ShownTitles> {
  const products = {
    shopId,
    id: { in: [...chosen.productIds] },
    deletedAt: null,
    status: 'active',
    published: true,
  };
  const collections = { shopId, id: { in: [...chosen.collectionIds] } };
  const asc = 'asc' as const;
  const pick = { select: { title: true }, orderBy: [{ title: asc }, { id: asc }], take: most };
  const rows = [
    ...(await tx.collection.findMany({ where: collections, ...pick })),
    ...(await tx.product.findMany({ where: products, ...pick })),
  ];
  const titles = rows.slice(0, most).map(({ title }) => title);
  const total = (await tx.collection.count({ where: collections })) + (await tx.product.count({ where: products }));
  return { titles, more: total - titles.length };
}
