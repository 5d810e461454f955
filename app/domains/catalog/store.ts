import type { ShopScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import type { PlatformProduct } from '#app/platforms/platform.ts';

/**
 * Writes a batch of products with their variants and collections in one statement each. A product that is
 * older than what is stored (by the platform's clock) changes nothing, its variants included. Returns the ids
 * that were written.
 */
export async function upsertProducts(scope: ShopScope, products: readonly PlatformProduct[]): Promise<string[]> {
  const newest = new Map<string, PlatformProduct>();
  for (const product of products) {
    const known = newest.get(product.id);
    if (!known || known.updatedAt <= product.updatedAt) newest.set(product.id, product);
  }
  // A fixed order of ids keeps two writers from waiting for each other in a circle.
  const rows = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (rows.length === 0) return [];
  const collections = new Map(rows.flatMap((row) => row.collections).map((collection) => [collection.id, collection]));
  if (collections.size > 0) {
    await scope.tx.$executeRaw`
      INSERT INTO collection (shop_id, id, handle, title)
      SELECT ${scope.shopId}::uuid, c.id, c.handle, c.title
      FROM jsonb_to_recordset(${toJsonb([...collections.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))}::jsonb) AS c(id text, handle text, title text)
      ON CONFLICT (shop_id, id) DO UPDATE SET handle = excluded.handle, title = excluded.title
      WHERE (collection.handle, collection.title) IS DISTINCT FROM (excluded.handle, excluded.title)`;
  }
  const json = toJsonb(
    rows.map((row) => ({ ...row, collections: row.collections.map((collection) => collection.id) })),
  );
  const written = await scope.tx.$queryRaw<{ id: string }[]>`
    WITH input AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${json}::jsonb) AS p(
        id text, handle text, title text, description text, "productType" text, vendor text, tags text[], collections text[],
        status text, published boolean, "giftCard" boolean, "imageUrl" text, "createdAt" timestamptz, "updatedAt" timestamptz, variants jsonb)
    ), saved AS (
      INSERT INTO product (shop_id, id, handle, title, description, product_type, vendor, tags, collection_ids, status, published,
        gift_card, image_url, platform_created_at, platform_updated_at, deleted_at)
      SELECT ${scope.shopId}::uuid, id, handle, title, description, "productType", vendor, tags, collections, status, published,
        "giftCard", "imageUrl", "createdAt", "updatedAt", NULL FROM input
      ON CONFLICT (shop_id, id) DO UPDATE SET
        handle = excluded.handle, title = excluded.title, description = excluded.description, product_type = excluded.product_type,
        vendor = excluded.vendor, tags = excluded.tags, collection_ids = excluded.collection_ids, status = excluded.status,
        published = excluded.published, gift_card = excluded.gift_card, image_url = excluded.image_url,
        platform_created_at = excluded.platform_created_at, platform_updated_at = excluded.platform_updated_at, deleted_at = NULL
      WHERE excluded.platform_updated_at >= product.platform_updated_at
      RETURNING id, xmax <> 0 AS known
    ), part AS MATERIALIZED (
      -- Read page by page, a variant that is moved meanwhile may come twice.
      SELECT DISTINCT ON (v.id) input.id AS product_id, v.* FROM saved JOIN input USING (id), jsonb_to_recordset(input.variants) AS v(
        id text, title text, sku text, position int, "priceMinor" bigint, "compareAtMinor" bigint, "costMinor" bigint, stock int,
        "sellWhenOutOfStock" boolean, "imageUrl" text)
      ORDER BY v.id, v.position DESC
    ), gone AS (
      -- The array makes this an index scan: joining the CTE, whose size the planner cannot know, scans the table.
      DELETE FROM variant
      WHERE variant.shop_id = ${scope.shopId}::uuid AND variant.product_id = ANY (ARRAY(SELECT id FROM saved))
        AND variant.id NOT IN (SELECT id FROM part)
    ), parts AS (
      INSERT INTO variant (shop_id, id, product_id, title, sku, position, price_minor, compare_at_minor, cost_minor, stock,
        sell_when_out_of_stock, image_url)
      SELECT ${scope.shopId}::uuid, id, product_id, title, sku, position, "priceMinor", "compareAtMinor", "costMinor", stock,
        "sellWhenOutOfStock", "imageUrl" FROM part
      ON CONFLICT (shop_id, id) DO UPDATE SET
        product_id = excluded.product_id, title = excluded.title, sku = excluded.sku, position = excluded.position,
        price_minor = excluded.price_minor, compare_at_minor = excluded.compare_at_minor, cost_minor = excluded.cost_minor,
        stock = excluded.stock, sell_when_out_of_stock = excluded.sell_when_out_of_stock, image_url = excluded.image_url
    )
    SELECT id FROM saved`;
  return written.map((row) => row.id);
}

/** Marks a product as gone. It stays for old orders and reports. */
export async function markProductDeleted(scope: ShopScope, id: string, now: Date): Promise<void> {
  await scope.tx.product.updateMany({ where: { shopId: scope.shopId, id, deletedAt: null }, data: { deletedAt: now } });
}

/** Prices and costs of a product's variants as text, to be compared; '' = it has none. */
export async function readPricesAndCosts(scope: ShopScope, productId: string): Promise<string> {
  const rows = await scope.tx.variant.findMany({
    where: { shopId: scope.shopId, productId },
    select: { id: true, priceMinor: true, costMinor: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, priceMinor, costMinor }) => [id, priceMinor, costMinor].join(' ')).join(', ');
}

/** Ids of products that are not known to be deleted, `limit` at most, following `after` ('' at the start) in the order of the text. */
export async function readProductIdsAfter(scope: ShopScope, after: string, limit: number): Promise<string[]> {
  const rows = await scope.tx.product.findMany({
    where: { shopId: scope.shopId, deletedAt: null, id: { gt: after } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map((row) => row.id);
}
