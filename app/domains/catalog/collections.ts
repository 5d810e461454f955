import type { ShopScope } from '#app/infra/database.ts';
import { inPattern } from '#app/infra/like.ts';

export interface CatalogCollection {
  readonly id: string;
  readonly title: string;
  /** products of it that are active and published */
  readonly products: number;
  /** some of them, gift cards left out, in the order of their titles */
  readonly sampleIds: readonly string[];
}

/** The named collections with their size and up to `samples` of their products; unknown ids are missing. */
export async function readCollections(
  scope: ShopScope,
  ids: readonly string[],
  samples = 0,
): Promise<CatalogCollection[]> {
  if (ids.length === 0) return [];
  const rows = await scope.tx.$queryRaw<{ id: string; title: string; products: bigint; samples: string[] | null }[]>`
    SELECT c.id, c.title, count(p.id) AS products,
           (array_agg(p.id ORDER BY p.title, p.id) FILTER (WHERE NOT p.gift_card))[1:${samples}::int] AS samples
      FROM collection c
      LEFT JOIN product p ON p.shop_id = c.shop_id AND p.collection_ids @> ARRAY[c.id] AND p.deleted_at IS NULL
                         AND p.status = 'active' AND p.published
     WHERE c.shop_id = ${scope.shopId}::uuid AND c.id = ANY(${[...new Set(ids)]})
     GROUP BY c.id, c.title
     ORDER BY c.title, c.id`;
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    products: Number(row.products),
    sampleIds: row.samples ?? [],
  }));
}

/** Collections by a part of their title, in the order of titles. */
export async function searchCollections(
  scope: ShopScope,
  search: string,
  most: number,
): Promise<{ id: string; title: string }[]> {
  const contains = inPattern(search.trim());
  return scope.tx.collection.findMany({
    where: { shopId: scope.shopId, title: { contains, mode: 'insensitive' } },
    select: { id: true, title: true },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
    take: most,
  });
}
