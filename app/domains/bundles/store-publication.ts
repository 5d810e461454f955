import type { ProductCosts } from '#app/domains/incentives/index.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { FoundGroup } from './model.ts';
import { findMeant, mostOfOffer } from '#app/infra/products-meant.ts';
import type { ProductsMeant } from '#app/shared/products-meant.ts';

/** Products of one collection that an offer may hold; more do not fit into the checkout's configuration anyway. */
const mostProducts = 1000;

/**
 * Sellable products by collection, best known first by id. Left out are gift cards, and products that a bundle is shown or
 * sold as: a bundle in a bundle would be reduced twice.
 */
export async function readCollectionProducts(
  scope: ShopScope,
  collectionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const unique = [...new Set(collectionIds)];
  if (unique.length === 0) return new Map();
  const rows = await scope.tx.$queryRaw<{ collection_id: string; product_id: string }[]>`
    SELECT c.id AS collection_id, p.id AS product_id
      FROM unnest(${unique}::text[]) AS c(id)
      CROSS JOIN LATERAL (
        SELECT p.id FROM product p
         WHERE p.shop_id = ${scope.shopId}::uuid AND c.id = ANY(p.collection_ids) AND p.deleted_at IS NULL
           AND p.status = 'active' AND p.published AND NOT p.gift_card
           AND NOT EXISTS (SELECT FROM bundle_delivery d WHERE d.shop_id = p.shop_id AND d.product_id = p.id)
         ORDER BY length(p.id), p.id LIMIT ${mostProducts}
      ) p`;
  const found = new Map<string, string[]>();
  for (const { collection_id, product_id } of rows)
    found.set(collection_id, [...(found.get(collection_id) ?? []), product_id]);
  return found;
}

/**
 * Those that can be bought now, of more than an offer holds the ones that sell best; in the order of their ids, so that
 * sales change what is published only where another product comes in. Left out are gift cards, and products that a bundle
 * is shown or sold as.
 */
export async function readGroupProducts(scope: ShopScope, meant: ProductsMeant): Promise<readonly string[]> {
  const found = await findMeant(scope, meant, {
    most: mostOfOffer,
    also: Prisma.sql`NOT EXISTS (SELECT FROM bundle_delivery d WHERE d.shop_id = p.shop_id AND d.product_id = p.id)`,
  });
  return found.toSorted();
}

/** Keeps what a publication found, so that pages need not look for it. True if what is kept has changed. */
export async function keepFoundGroups(
  scope: ShopScope,
  found: ReadonlyMap<string, readonly FoundGroup[]>,
): Promise<boolean> {
  let written = 0;
  for (const [id, groups] of found)
    written += await scope.tx.$executeRaw`
      UPDATE bundle SET group_products = ${JSON.stringify(groups)}::jsonb
       WHERE shop_id = ${scope.shopId}::uuid AND id = ${id}::uuid
         AND group_products IS DISTINCT FROM ${JSON.stringify(groups)}::jsonb`;
  return written > 0;
}

/**
 * Unit costs of the products that bundles are sold as, of those that sold most since `since`, then of others: at most
 * `limit` products. The platform knows no cost of a product that stands for a bundle: it costs what its parts cost, of
 * any variant the dearest, at `defaultMarginBps` of the part's price where that is not known.
 */
export async function readBestsellersCosts(
  scope: ShopScope,
  { since, limit, defaultMarginBps }: { since: Date; limit: number; defaultMarginBps: number },
): Promise<ProductCosts[]> {
  const rows = await scope.tx.$queryRaw<{ product_id: string; variants: { id: string; cost: number | null }[] }[]>`
    WITH sold AS (
      SELECT l.product_id, count(*) AS lines
        FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
       WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at >= ${since} AND l.product_id IS NOT NULL
       GROUP BY l.product_id
    ), stands_for AS (
      SELECT d.product_id, sum(i.quantity * part.cost)::float8 AS cost
        FROM bundle_delivery d
        JOIN bundle_item i ON i.shop_id = d.shop_id AND i.bundle_id = d.bundle_id
        CROSS JOIN LATERAL (
          SELECT max(coalesce(v.cost_minor, ceil(v.price_minor * (10000 - ${defaultMarginBps}::int) / 10000.0))) AS cost
            FROM variant v
           WHERE v.shop_id = d.shop_id AND v.product_id = i.product_id AND (i.variant_id IS NULL OR v.id = i.variant_id)
        ) part
       WHERE d.shop_id = ${scope.shopId}::uuid AND d.delivery = 'native' AND d.product_id IS NOT NULL
       GROUP BY d.product_id
    ), chosen AS (
      SELECT p.id, coalesce(s.lines, 0) AS lines, b.product_id IS NOT NULL AS is_bundle, b.cost
        FROM product p LEFT JOIN sold s ON s.product_id = p.id LEFT JOIN stands_for b ON b.product_id = p.id
       WHERE p.shop_id = ${scope.shopId}::uuid AND p.deleted_at IS NULL AND p.status = 'active' AND NOT p.gift_card
       ORDER BY is_bundle DESC, lines DESC, length(p.id), p.id LIMIT ${limit}
    )
    SELECT c.id AS product_id,
        json_agg(json_build_object('id', v.id, 'cost', coalesce(c.cost, v.cost_minor)) ORDER BY v.id) AS variants
      FROM chosen c JOIN variant v ON v.shop_id = ${scope.shopId}::uuid AND v.product_id = c.id
     GROUP BY c.id, c.is_bundle, c.lines ORDER BY c.is_bundle DESC, c.lines DESC, length(c.id), c.id`;
  return rows.map(({ product_id, variants }) => ({
    productId: product_id,
    variants: variants.map(({ id, cost }) => ({ id, costMinor: cost })),
  }));
}
