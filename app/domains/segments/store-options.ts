import type { ShopScope } from '#app/infra/database.ts';

/** Values that a shop's own data offer to conditions, the most frequent first. */
export interface ShopOptions {
  readonly vendors: readonly string[];
  readonly productTags: readonly string[];
  readonly customerTags: readonly string[];
  /** ISO 3166-1 alpha-2 */
  readonly countries: readonly string[];
  /** see `Order.region` */
  readonly regions: readonly string[];
}

const most = 300;

/** What the merchant can choose from; beyond so many they type. */
export async function readShopOptions({ shopId, tx }: ShopScope): Promise<ShopOptions> {
  const rows = await tx.$queryRaw<{ kind: keyof ShopOptions; value: string }[]>`
    (SELECT 'vendors' AS kind, vendor AS value, count(*) AS n FROM product
      WHERE shop_id = ${shopId}::uuid AND vendor <> '' AND deleted_at IS NULL GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${most})
    UNION ALL (SELECT 'productTags', tag, count(*) FROM product, unnest(tags) tag
      WHERE shop_id = ${shopId}::uuid AND deleted_at IS NULL GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${most})
    UNION ALL (SELECT 'customerTags', tag, count(*) FROM customer, unnest(tags) tag
      WHERE shop_id = ${shopId}::uuid GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${most})
    UNION ALL (SELECT 'countries', country, count(*) FROM "order"
      WHERE shop_id = ${shopId}::uuid AND country IS NOT NULL GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${most})
    UNION ALL (SELECT 'regions', region, count(*) FROM "order"
      WHERE shop_id = ${shopId}::uuid AND region IS NOT NULL GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${most})`;
  const of = (kind: keyof ShopOptions) => rows.flatMap((row) => (row.kind === kind ? [row.value] : []));
  return {
    vendors: of('vendors'),
    productTags: of('productTags'),
    customerTags: of('customerTags'),
    countries: of('countries'),
    regions: of('regions'),
  };
}

/** What one of five buyers has spent at least, minor units: to whom a shop calls a good customer. Zero before the first fit. */
export async function readGoodSpend({ shopId, tx }: ShopScope): Promise<number> {
  const fit = await tx.segmentFit.findUnique({ where: { shopId }, select: { moneyCuts: true } });
  return Number(fit?.moneyCuts.at(-1) ?? 0);
}
