import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { taxOfShop } from '#app/infra/tax-of-shop.ts';
import type { Withheld } from './withheld.ts';

/** Ids of the offers that are withheld, as one array. */
function idsOf({ shopId }: ShopScope, offers: Exclude<Withheld['offers'], 'all'>): Prisma.Sql {
  if ('ids' in offers) return Prisma.sql`${[...offers.ids]}::text[]`;
  return Prisma.sql`ARRAY(SELECT id::text FROM bundle WHERE shop_id = ${shopId}::uuid
    AND kind = ANY(${[...offers.kinds]}::text[]))`;
}

/** What is ours of one line (`l`) and of one order (`o`), `w` says which; minor units as prices are written. */
function partsOf(scope: ShopScope, offers: Withheld['offers']): Record<'line' | 'codes' | 'shipping', Prisma.Sql> {
  const off = (ours: Prisma.Sql, line: Prisma.Sql) => Prisma.sql`
    (SELECT coalesce(sum((g->>'minor')::numeric), 0) FROM jsonb_array_elements(o.gifts) g
      WHERE g->>'line' IS NOT DISTINCT FROM ${line} AND ${ours})`;
  const nothing = Prisma.sql`0`;
  // Orders from before it was noted which discount was whose: all that came off a line that is credited to the offer.
  const onLine = (ours: Prisma.Sql, credited: Prisma.Sql) => Prisma.sql`
    CASE WHEN o.gifts IS NOT NULL THEN ${off(ours, Prisma.sql`l.id`)} WHEN ${credited} THEN l.discount_minor ELSE 0 END`;
  if (offers === 'all')
    return {
      line: onLine(Prisma.sql`true`, Prisma.sql`l.bundle_id IS NOT NULL`),
      codes: Prisma.sql`
        (SELECT coalesce(sum((entered->>'minor')::numeric), 0) FROM jsonb_array_elements(o.discount_codes) entered
          WHERE EXISTS (SELECT FROM discount_code own WHERE own.shop_id = o.shop_id AND own.code = upper(entered->>'code')))`,
      shipping: Prisma.sql`coalesce(o.shipping_gift_minor, 0)`,
    };
  const ids = Prisma.sql`w.ids`;
  return {
    line: onLine(Prisma.sql`g->'of' ?| ${ids}`, Prisma.sql`l.bundle_id::text = ANY(${ids})`),
    codes: nothing,
    shipping: Prisma.sql`
      CASE WHEN o.gifts IS NOT NULL THEN ${off(Prisma.sql`g->'of' ?| ${ids}`, Prisma.sql`NULL`)}
        WHEN EXISTS (SELECT FROM bundle b WHERE b.shop_id = o.shop_id AND b.kind = 'cart-goals' AND b.id::text = ANY(${ids}))
        THEN coalesce(o.shipping_gift_minor, 0) ELSE 0 END`,
  };
}

/**
 * The end of a list of queries: `given` with what each order of a visitor from whom offers were withheld (of `counted`)
 * had taken off by them all the same, as part of its profit (without tax). What came back, by units or by money, was not
 * given; a parcel was sent whatever came back. Never more than all that came off.
 */
export function givenAnyway(scope: ShopScope, withheld: Withheld | null, from: Date, to: Date): Prisma.Sql {
  if (withheld === null)
    return Prisma.sql`given AS (SELECT NULL::text AS id, NULL::text AS arm, 0::numeric AS minor WHERE false)`;
  const { line, codes, shipping } = partsOf(scope, withheld.offers);
  const ids = withheld.offers === 'all' ? Prisma.sql`NULL::text[]` : idsOf(scope, withheld.offers);
  return Prisma.sql`
    withheld_offers AS MATERIALIZED (SELECT ${ids} AS ids),
    given AS MATERIALIZED (
      SELECT o.id, c.arm, (least(g.off_kept, g.ours_kept + code.minor * g.off_kept / greatest(g.off, 1),
          (g.ours + code.minor) * (1 - least(1, o.refunded_minor / greatest(o.total_minor, 1)::numeric))) + parcel.minor)
          / taxed.factor AS minor
      FROM counted c
      CROSS JOIN withheld_offers w
      JOIN "order" o ON o.visitor_id = c.visitor_id AND o.shop_id = ${scope.shopId}::uuid
        AND o.placed_at >= ${from} AND o.placed_at < ${to}
      JOIN shop s ON s.id = o.shop_id
      CROSS JOIN LATERAL (SELECT 1 + ${Prisma.raw(taxOfShop('s'))}::numeric / 10000 AS factor) taxed
      CROSS JOIN LATERAL (SELECT ${codes}::numeric AS minor) code
      CROSS JOIN LATERAL (SELECT ${shipping}::numeric AS minor) parcel
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(k.discount_minor), 0) AS off, coalesce(sum(k.discount_minor * k.kept), 0) AS off_kept,
          coalesce(sum(k.ours), 0) AS ours, coalesce(sum(k.ours * k.kept), 0) AS ours_kept
        FROM (
          SELECT l.discount_minor, least(l.discount_minor, ${line}) AS ours,
            greatest(l.quantity - l.refunded_quantity, 0)::numeric / greatest(l.quantity, 1) AS kept
          FROM order_line l WHERE l.shop_id = o.shop_id AND l.order_id = o.id
        ) k
      ) g
      WHERE c.arm = ANY(${[...withheld.arms]}::text[])
    )`;
}
