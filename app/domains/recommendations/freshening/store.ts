import { reach } from '../engine/popularity.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { type Head, headSchema } from '../serving/head.ts';
import { unpackVoice, unpackVoiceHead, type Voice, voiceHeadBytes } from '../serving/voice.ts';

/** The products of new or changed orders are to reach the lists: the active version will hear of them. */
export async function noteOrders(scope: ShopScope, orderIds: readonly string[], now: Date): Promise<void> {
  // In a fixed order, so that two writers do not wait for each other in a circle.
  await scope.tx.$executeRaw`
    INSERT INTO recommendation_pending (shop_id, product_id, since)
    SELECT DISTINCT shop_id, product_id, ${now}::timestamptz FROM order_line
    WHERE shop_id = ${scope.shopId}::uuid AND order_id = ANY(${toArrayLiteral(orderIds)}::text[]) AND product_id IS NOT NULL
    ORDER BY product_id
    ON CONFLICT (shop_id, product_id) DO UPDATE SET since = EXCLUDED.since`;
}

/**
 * After a training only what was ordered since its last order is pending, and what changed since it began: an order
 * of an earlier day may arrive or be cancelled while it trains.
 */
export async function renewPending(scope: ShopScope, begunAt: Date, lastOrderAt: Date, now: Date): Promise<void> {
  await scope.tx.recommendationPending.deleteMany({ where: { shopId: scope.shopId, since: { lte: begunAt } } });
  await scope.tx.$executeRaw`
    INSERT INTO recommendation_pending (shop_id, product_id, since)
    SELECT DISTINCT l.shop_id, l.product_id, ${now}::timestamptz
    FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
    WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at > ${lastOrderAt} AND l.product_id IS NOT NULL
    ON CONFLICT (shop_id, product_id) DO NOTHING`;
}

/** Shops with lists whose orders wait since before `before` to reach them. */
export async function findShopsWithPending(scope: SystemScope, before: Date): Promise<ShopId[]> {
  const rows = await scope.tx.$queryRaw<{ shop_id: string }[]>`
    SELECT DISTINCT p.shop_id::text AS shop_id FROM recommendation_pending p
    JOIN shop s ON s.id = p.shop_id AND s.status = 'installed'
    JOIN recommendation_version v ON v.shop_id = p.shop_id AND v.status = 'active'
    WHERE p.since < ${before}`;
  return rows.map((row) => toShopId(row.shop_id));
}

export interface Pending {
  readonly productId: string;
  readonly since: Date;
}

/** Those that wait longest. */
export async function readPending(scope: ShopScope, most: number): Promise<Pending[]> {
  return scope.tx.recommendationPending.findMany({
    where: { shopId: scope.shopId },
    omit: { shopId: true },
    orderBy: [{ since: 'asc' }, { productId: 'asc' }],
    take: most,
  });
}

/** Those that have not been noted again meanwhile. */
export async function deletePending(scope: ShopScope, done: readonly Pending[]): Promise<void> {
  await scope.tx.$executeRaw`
    DELETE FROM recommendation_pending p USING unnest(${done.map((one) => one.productId)}::text[],
      ${done.map((one) => one.since)}::timestamptz[]) AS d(id, since)
    WHERE p.shop_id = ${scope.shopId}::uuid AND p.product_id = d.id AND p.since = d.since`;
}

/** The active version, held until the transaction ends, so that no training switches it away meanwhile. */
export async function holdActiveVersion(scope: ShopScope): Promise<{ version: number; revision: number } | null> {
  const rows = await scope.tx.$queryRaw<{ version: number; revision: number }[]>`
    SELECT version, revision FROM recommendation_version
    WHERE shop_id = ${scope.shopId}::uuid AND status = 'active' FOR UPDATE`;
  return rows[0] ?? null;
}

export async function raiseRevision(scope: ShopScope, version: number, revision: number): Promise<void> {
  await scope.tx.recommendationVersion.updateMany({
    where: { shopId: scope.shopId, version },
    data: { revision },
  });
}

/** What counts as bought; the training reads the same. */
const bought = Prisma.sql`o.cancelled_at IS NULL AND NOT o.test AND l.product_id IS NOT NULL AND l.quantity > l.refunded_quantity`;

export interface Sales {
  readonly count: number;
  /** weights of its baskets in the windows of `days`, the moment's own day and later ones counting 1 */
  readonly windows: readonly number[];
}

/** In how many baskets each product is, and how lately. */
export async function countSales(
  scope: ShopScope,
  productIds: readonly string[],
  moment: Date,
  days: readonly number[],
): Promise<Map<string, Sales>> {
  const rows = await scope.tx.$queryRaw<{ id: string; count: bigint; windows: number[] }[]>`
    WITH held AS (
      SELECT DISTINCT l.product_id AS id, o.id AS order_id,
        ${Math.floor(moment.getTime() / 86_400_000)}::float8 - floor(extract(epoch FROM o.placed_at) / 86400)::float8 AS age
      FROM order_line l JOIN "order" o ON o.shop_id = l.shop_id AND o.id = l.order_id
      WHERE l.shop_id = ${scope.shopId}::uuid AND l.product_id = ANY(${[...productIds]}::text[]) AND ${bought})
    SELECT id, count(*) AS count, ARRAY[
      sum(CASE WHEN age <= ${days[0]}::float8 * ${reach}::float8 THEN exp(least(0, 0.5 - age) / ${days[0]}::float8) ELSE 0 END),
      sum(CASE WHEN age <= ${days[1]}::float8 * ${reach}::float8 THEN exp(least(0, 0.5 - age) / ${days[1]}::float8) ELSE 0 END),
      sum(CASE WHEN age <= ${days[2]}::float8 * ${reach}::float8 THEN exp(least(0, 0.5 - age) / ${days[2]}::float8) ELSE 0 END)] AS windows
    FROM held GROUP BY id`;
  return new Map(rows.map((row) => [row.id, { count: Number(row.count), windows: row.windows }]));
}

/** All baskets of the shop, as the training counts them: an order of which nothing was kept is none. */
export async function countBaskets(scope: ShopScope): Promise<number> {
  const rows = await scope.tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM "order" o
    WHERE o.shop_id = ${scope.shopId}::uuid AND EXISTS (
      SELECT FROM order_line l WHERE l.shop_id = o.shop_id AND l.order_id = o.id AND ${bought})`;
  return Number(rows[0]?.count ?? 0);
}

/** What was bought together with each of the products, in how many baskets; baskets longer than `longest` say nothing. */
export async function countPairs(
  scope: ShopScope,
  productIds: readonly string[],
  longest: number,
  mostEach: number,
): Promise<{ id: string; other: string; support: number }[]> {
  const rows = await scope.tx.$queryRaw<{ id: string; other: string; support: bigint }[]>`
    WITH held AS (
      SELECT DISTINCT l.product_id AS id, l.order_id
      FROM order_line l JOIN "order" o ON o.shop_id = l.shop_id AND o.id = l.order_id
      WHERE l.shop_id = ${scope.shopId}::uuid AND l.product_id = ANY(${[...productIds]}::text[]) AND ${bought}),
    lines AS (
      SELECT DISTINCT l.order_id, l.product_id AS other
      FROM (SELECT DISTINCT order_id FROM held) h
      JOIN order_line l ON l.shop_id = ${scope.shopId}::uuid AND l.order_id = h.order_id
      WHERE l.product_id IS NOT NULL AND l.quantity > l.refunded_quantity),
    short AS (SELECT order_id FROM lines GROUP BY order_id HAVING count(*) <= ${longest}),
    pairs AS (
      SELECT h.id, l.other, count(*) AS support
      FROM held h JOIN short s ON s.order_id = h.order_id JOIN lines l ON l.order_id = h.order_id AND l.other <> h.id
      GROUP BY h.id, l.other),
    ranked AS (SELECT *, row_number() OVER (PARTITION BY id ORDER BY support DESC, other) AS place FROM pairs)
    SELECT id, other, support FROM ranked WHERE place <= ${mostEach}`;
  return rows.map((row) => ({ id: row.id, other: row.other, support: Number(row.support) }));
}

/** What all carts share; null in a version from before voices were stored. */
export async function readStoredHead(scope: ShopScope, version: number): Promise<Head | null> {
  const row = await scope.tx.recommendationVoice.findFirst({
    where: { shopId: scope.shopId, version, productId: '' },
    select: { data: true },
  });
  return row === null ? null : headSchema.parse(JSON.parse(Buffer.from(row.data).toString()));
}

export async function readVoices(
  scope: ShopScope,
  version: number,
  ids: readonly string[],
): Promise<Map<string, Voice>> {
  const rows = await scope.tx.recommendationVoice.findMany({
    where: { shopId: scope.shopId, version, productId: { in: [...ids] } },
    select: { productId: true, data: true },
  });
  return new Map(rows.map((row) => [row.productId, unpackVoice(row.data)]));
}

/** How often the products were bought, as their own voices know it. */
export async function readVoiceHeads(
  scope: ShopScope,
  version: number,
  ids: readonly string[],
): Promise<Map<string, Pick<Voice, 'count' | 'sold'>>> {
  const rows = await scope.tx.$queryRaw<{ product_id: string; head: Uint8Array }[]>`
    SELECT product_id, substring(data FROM 1 FOR ${voiceHeadBytes}::int) AS head FROM recommendation_voice
    WHERE shop_id = ${scope.shopId}::uuid AND version = ${version} AND product_id = ANY(${[...ids]}::text[])`;
  return new Map(rows.map((row) => [row.product_id, unpackVoiceHead(row.head)]));
}

/** Products of the same type, vendor or with a tag in common: the ones that a new product may look like. */
export async function findRelatives(scope: ShopScope, productId: string, most: number): Promise<string[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM product own JOIN product p ON p.shop_id = own.shop_id AND p.id <> own.id
    WHERE own.shop_id = ${scope.shopId}::uuid AND own.id = ${productId} AND p.deleted_at IS NULL AND p.status = 'active'
      AND p.published AND NOT p.gift_card
      AND ((own.product_type <> '' AND p.product_type = own.product_type) OR p.tags && own.tags
        OR (own.vendor <> '' AND p.vendor = own.vendor))
    ORDER BY (p.product_type = own.product_type) DESC, (p.tags && own.tags) DESC, p.id LIMIT ${most}`;
  return rows.map((row) => row.id);
}

/** Marks the lists of exactly these products as out of date in the store. */
export async function markListsStale(
  scope: ShopScope,
  version: number,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await scope.tx.$executeRaw`
    INSERT INTO recommendation_publication (shop_id, product_id, digest, version, published_at)
    SELECT ${scope.shopId}::uuid, id, 'stale-' || gen_random_uuid()::text, ${version}, ${now}::timestamptz
    FROM unnest(${[...ids]}::text[]) AS id
    ON CONFLICT (shop_id, product_id) DO UPDATE SET digest = EXCLUDED.digest`;
}
