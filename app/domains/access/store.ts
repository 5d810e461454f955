import { Prisma } from '#app/generated/prisma/client.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Restriction, ToldCustomer } from './model.ts';
import type { PlacedProduct } from './rules.ts';

/** Products that are restricted now or were when their pages were written: the named ones and those of the collections. */
export async function readRestricted(
  { tx, shopId }: ShopScope,
  restrictions: readonly Restriction[],
): Promise<PlacedProduct[]> {
  const ids = [...new Set(restrictions.flatMap(({ productIds }) => productIds))];
  const collections = [...new Set(restrictions.flatMap(({ collectionIds }) => collectionIds))];
  if (ids.length + collections.length === 0) return [];
  return tx.$queryRaw<PlacedProduct[]>`
    SELECT id, ARRAY(SELECT c FROM unnest(collection_ids) c WHERE c = ANY(${collections}::text[])) AS "collectionIds"
    FROM product WHERE shop_id = ${shopId}::uuid AND deleted_at IS NULL
      AND (id = ANY(${ids}::text[]) OR collection_ids && ${collections}::text[])
    ORDER BY id`;
}

interface Row {
  readonly customerId: string;
  readonly points: number;
  readonly tier: string;
  readonly figure: number;
  readonly offers: string[];
}

/** Statements of other stores: who stands where, and who holds which offer. */
export interface FactSources {
  /** customer_id, points, tier, figure */
  readonly standings: Prisma.Sql;
  /** customer_id, offer */
  readonly invitations: Prisma.Sql;
}

/**
 * The next customers of whom the store knows something else than what is so, with what is so now. Who has no points, no
 * level and no offer need not be told of.
 */
export async function nextToTell(
  { tx, shopId }: ShopScope,
  { standings, invitations }: FactSources,
  limit: number,
): Promise<ToldCustomer[]> {
  const nothing = Prisma.sql`'{}'::text[]`;
  return tx.$queryRaw<Row[]>`
    WITH wanted AS (
      SELECT customer_id, sum(points)::bigint AS points, max(tier) AS tier, max(figure) AS figure,
        coalesce(array_agg(offer ORDER BY offer) FILTER (WHERE offer IS NOT NULL), ${nothing}) AS offers
      FROM (
        SELECT customer_id, points, tier, figure, NULL::text AS offer FROM (${standings}) standing
        UNION ALL SELECT DISTINCT customer_id, 0, '', 0, offer FROM (${invitations}) invitation
      ) facts GROUP BY customer_id
    ), told AS (SELECT customer_id, points, tier, figure, offers FROM told_customer WHERE shop_id = ${shopId}::uuid)
    SELECT coalesce(w.customer_id, t.customer_id) AS "customerId", coalesce(w.points, 0)::float8 AS points,
      coalesce(w.tier, '') AS tier, coalesce(w.figure, 0)::float8 AS figure, coalesce(w.offers, ${nothing}) AS offers
    FROM wanted w FULL JOIN told t ON t.customer_id = w.customer_id
    WHERE (coalesce(w.points, 0), coalesce(w.tier, ''), coalesce(w.figure, 0), coalesce(w.offers, ${nothing}))
      IS DISTINCT FROM (coalesce(t.points, 0), coalesce(t.tier, ''), coalesce(t.figure, 0), coalesce(t.offers, ${nothing}))
    ORDER BY 1 LIMIT ${limit}`;
}

/** Remembers what the store was told. */
export async function noteTold({ tx, shopId }: ShopScope, told: readonly ToldCustomer[], now: Date): Promise<void> {
  if (told.length === 0) return;
  const column = (read: (one: ToldCustomer) => string | number) => toArrayLiteral(told.map(read));
  await tx.$executeRaw`
    INSERT INTO told_customer (shop_id, customer_id, points, tier, figure, offers, told_at)
    SELECT ${shopId}::uuid, customer_id, points, tier, figure, coalesce(string_to_array(nullif(offers, ''), ' '), '{}'), ${now}::timestamptz
    FROM unnest(${column(({ customerId }) => customerId)}::text[], ${column(({ points }) => points)}::bigint[],
      ${column(({ tier }) => tier)}::text[], ${column(({ figure }) => figure)}::bigint[], ${column(({ offers }) => offers.join(' '))}::text[])
      AS t(customer_id, points, tier, figure, offers)
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET points = excluded.points, tier = excluded.tier,
      figure = excluded.figure, offers = excluded.offers, told_at = excluded.told_at`;
}

/** Forgets what the store was told of these customers. */
export async function forgetTold({ tx, shopId }: ShopScope, customerIds: readonly string[]): Promise<void> {
  await tx.toldCustomer.deleteMany({ where: { shopId, customerId: { in: [...customerIds] } } });
}

/** Forgets it of all of them: the store begins anew. Returns how many. */
export async function forgetAllTold({ tx, shopId }: ShopScope): Promise<number> {
  const { count } = await tx.toldCustomer.deleteMany({ where: { shopId } });
  return count;
}

/** What the store was told of these customers, for one who asks for their data. */
export async function readTold({ tx, shopId }: ShopScope, customerIds: readonly string[]) {
  const rows = await tx.toldCustomer.findMany({
    where: { shopId, customerId: { in: [...customerIds] } },
    omit: { shopId: true },
    orderBy: { customerId: 'asc' },
  });
  return rows.map(({ points, figure, ...row }) => ({ ...row, points: Number(points), figure: Number(figure) }));
}
