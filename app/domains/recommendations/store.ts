import { Prisma } from '#app/generated/prisma/client.ts';
import type { Database, ShopScope } from '#app/infra/database.ts';
import { forSale } from '#app/infra/product-figures.ts';
import { streamRows } from '#app/infra/stream-rows.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type CatalogItem, type StoredSurface, type Suggestion, suggestionsSchema } from './model.ts';

export interface OrderLine {
  readonly orderId: string;
  readonly customerId: string | null;
  readonly placedAt: Date;
  readonly productId: string;
}

const linesPerFetch = 10_000;

/**
 * Streams what was bought and kept: cancelled and test orders and fully refunded lines are left out. An order that somebody
 * dated later than `now` counts as of now: what sells lately would otherwise be what sold around that day.
 */
export function streamOrderLines(db: Database, shopId: ShopId, now: Date): AsyncGenerator<OrderLine[]> {
  return streamRows<OrderLine>(db, shopId, {
    select: `
      SELECT o.id AS "orderId", o.customer_id AS "customerId", least(o.placed_at, '${now.toISOString()}'::timestamptz) AS "placedAt",
        l.product_id AS "productId"
      FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
      WHERE o.shop_id = '${shopId}'::uuid AND o.cancelled_at IS NULL AND NOT o.test
        AND l.product_id IS NOT NULL AND l.quantity > l.refunded_quantity`,
    rowsPerFetch: linesPerFetch,
  });
}

const sellable = Prisma.sql`(${Prisma.raw(forSale)})`;

/** The catalogue as the engine compares it. */
export function readCatalog(scope: ShopScope): Promise<CatalogItem[]> {
  return readItems(scope, Prisma.empty);
}

/** The same for some products, in id order; those that are gone are left out. */
export async function readCatalogOf(scope: ShopScope, productIds: readonly string[]): Promise<CatalogItem[]> {
  if (productIds.length === 0) return [];
  return readItems(scope, Prisma.sql`AND p.id = ANY(${[...productIds]}::text[]) ORDER BY p.id`);
}

async function readItems(scope: ShopScope, which: Prisma.Sql): Promise<CatalogItem[]> {
  const rows = await scope.tx.$queryRaw<
    {
      id: string;
      title: string;
      product_type: string;
      vendor: string;
      tags: string[];
      price: bigint | null;
      sellable: boolean;
    }[]
  >`SELECT p.id, p.title, p.product_type, p.vendor, p.tags, ${sellable} AS sellable,
      (SELECT min(v.price_minor) FROM variant v WHERE v.shop_id = p.shop_id AND v.product_id = p.id) AS price
    FROM product p WHERE p.shop_id = ${scope.shopId}::uuid AND p.deleted_at IS NULL ${which}`;
  return rows.map((row) => ({
    productId: row.id,
    title: row.title,
    productType: row.product_type,
    vendor: row.vendor,
    tags: row.tags,
    priceMinor: row.price === null ? null : Number(row.price),
    sellable: row.sellable,
  }));
}

export async function readSellableIds(scope: ShopScope): Promise<string[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM product p WHERE p.shop_id = ${scope.shopId}::uuid AND ${sellable}`;
  return rows.map((row) => row.id);
}

/** Those of some products that can be bought now. */
export async function readSellableAmong(scope: ShopScope, productIds: readonly string[]): Promise<string[]> {
  if (productIds.length === 0) return [];
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM product p WHERE p.shop_id = ${scope.shopId}::uuid AND p.id = ANY(${[...productIds]}::text[]) AND ${sellable}`;
  return rows.map((row) => row.id);
}

export interface ActiveVersion {
  readonly version: number;
  /** counts up with new orders */
  readonly revision: number;
  readonly activeAt: Date;
  readonly stats: unknown;
}

export async function readActiveVersion(scope: ShopScope): Promise<ActiveVersion | null> {
  const row = await scope.tx.recommendationVersion.findFirst({
    where: { shopId: scope.shopId, status: 'active' },
    orderBy: { version: 'desc' },
  });
  return row === null || row.activeAt === null
    ? null
    : { version: row.version, revision: row.revision, activeAt: row.activeAt, stats: row.stats };
}

export interface StoredList {
  readonly subjectId: string;
  readonly suggestions: Suggestion[];
}

/** Lists of the active version; one statement, so that versions never mix. */
export async function readLists(
  scope: ShopScope,
  surface: StoredSurface,
  subjectIds: readonly string[] | null,
): Promise<StoredList[]> {
  const only = subjectIds === null ? Prisma.empty : Prisma.sql`AND r.subject_id = ANY(${[...subjectIds]}::text[])`;
  const rows = await scope.tx.$queryRaw<{ subject_id: string; items: unknown }[]>`
    SELECT r.subject_id, r.items FROM recommendation_version v
    JOIN recommendation r ON r.shop_id = v.shop_id AND r.version = v.version
    WHERE v.shop_id = ${scope.shopId}::uuid AND v.status = 'active' AND r.surface = ${surface} ${only}
    ORDER BY r.subject_id`;
  return rows.map((row) => ({ subjectId: row.subject_id, suggestions: suggestionsSchema.parse(row.items) }));
}

/** Titles and sellability of some products, for the look-up page. */
export async function readTitles(
  scope: ShopScope,
  productIds: readonly string[],
): Promise<Map<string, { title: string; sellable: boolean }>> {
  const rows = await scope.tx.$queryRaw<{ id: string; title: string; sellable: boolean }[]>`
    SELECT p.id, p.title, ${sellable} AS sellable FROM product p
    WHERE p.shop_id = ${scope.shopId}::uuid AND p.id = ANY(${[...productIds]}::text[])`;
  return new Map(rows.map((row) => [row.id, { title: row.title, sellable: row.sellable }]));
}

export interface Coverage {
  readonly sellable: number;
  readonly covered: number;
  readonly newOrders: number;
}

/** Sellable products, those of them with at least `least` suggestions, and orders placed since `since`. */
export async function countCoverage(scope: ShopScope, version: number, least: number, since: Date): Promise<Coverage> {
  const rows = await scope.tx.$queryRaw<{ sellable: bigint; covered: bigint; new_orders: bigint }[]>`
    SELECT count(*) AS sellable,
      count(*) FILTER (WHERE jsonb_array_length(r.items) >= ${least}) AS covered,
      (SELECT count(*) FROM "order" o WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at > ${since}
        AND o.cancelled_at IS NULL AND NOT o.test) AS new_orders
    FROM product p
    LEFT JOIN recommendation r ON r.shop_id = p.shop_id AND r.version = ${version} AND r.surface = 'together' AND r.subject_id = p.id
    WHERE p.shop_id = ${scope.shopId}::uuid AND ${sellable}`;
  const row = rows[0];
  return {
    sellable: Number(row?.sellable ?? 0),
    covered: Number(row?.covered ?? 0),
    newOrders: Number(row?.new_orders ?? 0),
  };
}
