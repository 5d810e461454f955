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
  readonly member: boolean;
  readonly code: string;
}

/** Statements of other stores: who stands where, and who holds which offer. */
export interface FactSources {
  /** customer_id, points, tier, figure */
  readonly standings: Prisma.Sql;
  /** customer_id, offer */
  readonly invitations: Prisma.Sql;
  /** customer_id, code: what the store puts into their carts */
  readonly codes: Prisma.Sql;
}

/**
 * The next customers of whom the store knows something else than what is so, with what is so now. Who takes no
 * part and has no offer need not be told of.
 */
export async function nextToTell(
  { tx, shopId }: ShopScope,
  { standings, invitations, codes }: FactSources,
  limit: number,
): Promise<ToldCustomer[]> {
  const nothing = Prisma.sql`'{}'::text[]`;
  return tx.$queryRaw<Row[]>`
    WITH wanted AS (
      SELECT customer_id, sum(points)::bigint AS points, max(tier) AS tier, max(figure) AS figure,
        bool_or(member) AS member, max(code) AS code,
        coalesce(array_agg(offer ORDER BY offer) FILTER (WHERE offer IS NOT NULL), ${nothing}) AS offers
      FROM (
        SELECT customer_id, points, tier, figure, true AS member, '' AS code, NULL::text AS offer FROM (${standings}) standing
        UNION ALL SELECT DISTINCT customer_id, 0, '', 0, false, '', offer FROM (${invitations}) invitation
        UNION ALL SELECT customer_id, 0, '', 0, false, code, NULL FROM (${codes}) held
      ) facts GROUP BY customer_id
    ), told AS (
      SELECT customer_id, points, tier, figure, offers, member, code FROM told_customer WHERE shop_id = ${shopId}::uuid
    )
    SELECT coalesce(w.customer_id, t.customer_id) AS "customerId", coalesce(w.points, 0)::float8 AS points,
      coalesce(w.tier, '') AS tier, coalesce(w.figure, 0)::float8 AS figure, coalesce(w.offers, ${nothing}) AS offers,
      coalesce(w.member, false) AS member, coalesce(w.code, '') AS code
    FROM wanted w FULL JOIN told t ON t.customer_id = w.customer_id
    WHERE (coalesce(w.points, 0), coalesce(w.tier, ''), coalesce(w.figure, 0), coalesce(w.offers, ${nothing}),
        coalesce(w.member, false), coalesce(w.code, ''))
      IS DISTINCT FROM (coalesce(t.points, 0), coalesce(t.tier, ''), coalesce(t.figure, 0), coalesce(t.offers, ${nothing}),
        coalesce(t.member, false), coalesce(t.code, ''))
    ORDER BY 1 LIMIT ${limit}`;
}

/** Remembers what the store was told. */
export async function noteTold({ tx, shopId }: ShopScope, told: readonly ToldCustomer[], now: Date): Promise<void> {
  if (told.length === 0) return;
  const column = (read: (one: ToldCustomer) => string | number | boolean) =>
    toArrayLiteral(told.map((one) => read(one)));
  await tx.$executeRaw`
    INSERT INTO told_customer (shop_id, customer_id, points, tier, figure, offers, member, code, told_at)
    SELECT ${shopId}::uuid, customer_id, points, tier, figure, coalesce(string_to_array(nullif(offers, ''), ' '), '{}'), member, code, ${now}::timestamptz
    FROM unnest(${column(({ customerId }) => customerId)}::text[], ${column(({ points }) => points)}::bigint[],
      ${column(({ tier }) => tier)}::text[], ${column(({ figure }) => figure)}::bigint[], ${column(({ offers }) => offers.join(' '))}::text[],
      ${column(({ member }) => member)}::boolean[], ${column(({ code }) => code)}::text[])
      AS t(customer_id, points, tier, figure, offers, member, code)
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET points = excluded.points, tier = excluded.tier,
      figure = excluded.figure, offers = excluded.offers, member = excluded.member, code = excluded.code, told_at = excluded.told_at`;
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
