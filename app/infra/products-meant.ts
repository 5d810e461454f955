import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from './database.ts';
import { taxOfShop } from './tax-of-shop.ts';

interface Band {
  readonly from: number | null;
  readonly to: number | null;
}

/** Products that are named by what they are; names in any case, bands with both ends, null = open. */
export type ProductsMeant =
  | { readonly kind: 'collections'; readonly ids: readonly string[] }
  | { readonly kind: 'tags' | 'vendors' | 'types'; readonly names: readonly string[] }
  /** lowest variant price, minor units · units of all variants · basis points of the price without tax */
  | ({ readonly kind: 'price' | 'stock' | 'margin' } & Band);

/** Of products that a rule with a saving means, those of one place of its offer: more do not fit into the checkout. */
export const mostOfOffer = 250;

/** How a product sells is told by the orders of so many days before the latest one, and of these by the latest so many. */
const salesDays = 90;
const mostOrders = 20_000;

/**
 * Up to `most` products that are meant and can be bought now, in the order of their ids; of more than that, those in most
 * of the latest orders, best first, then by id.
 * @param also what a product row `p` must be besides
 */
export async function findMeant(
  { tx, shopId }: ShopScope,
  meant: ProductsMeant,
  { most, also = Prisma.sql`TRUE` }: { readonly most: number; readonly also?: Prisma.Sql },
): Promise<string[]> {
  const wanted = Prisma.sql`p.shop_id = ${shopId}::uuid AND ${meantAndForSale(meant)} AND ${also}`;
  const inOrder = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM product p WHERE ${wanted} ORDER BY p.id LIMIT ${most + 1}`;
  const rows =
    inOrder.length <= most
      ? inOrder
      : await tx.$queryRaw<{ id: string }[]>`
          WITH latest AS (
            SELECT id FROM "order" WHERE shop_id = ${shopId}::uuid AND cancelled_at IS NULL AND NOT test
              AND placed_at > (SELECT max(placed_at) FROM "order" WHERE shop_id = ${shopId}::uuid) - make_interval(days => ${salesDays}::int)
             ORDER BY placed_at DESC, id LIMIT ${mostOrders}
          ), sold AS MATERIALIZED (
            SELECT l.product_id AS id, count(DISTINCT l.order_id) AS orders
              FROM latest o JOIN order_line l ON l.shop_id = ${shopId}::uuid AND l.order_id = o.id
             WHERE l.product_id IS NOT NULL AND l.quantity > l.refunded_quantity
             GROUP BY l.product_id
          )
          SELECT id FROM (
            (SELECT p.id, s.orders FROM sold s JOIN product p ON p.id = s.id WHERE ${wanted} ORDER BY s.orders DESC, p.id LIMIT ${most})
            UNION ALL
            (SELECT p.id, 0 FROM product p WHERE ${wanted} AND NOT EXISTS (SELECT FROM sold s WHERE s.id = p.id) ORDER BY p.id LIMIT ${most})
          ) AS found ORDER BY orders DESC, id LIMIT ${most}`;
  return rows.map(({ id }) => id);
}

/**
 * What a product row `p` must be to be meant and bought now. By margin it is what the variant leaves that is shown, as on the
 * product's card.
 */
function meantAndForSale(meant: ProductsMeant): Prisma.Sql {
  return Prisma.sql`p.deleted_at IS NULL AND p.status = 'active' AND p.published AND NOT p.gift_card AND ${isMeant(meant)}
    AND EXISTS (SELECT FROM variant v WHERE v.shop_id = p.shop_id AND v.product_id = p.id
      AND (v.stock IS NULL OR v.stock > 0 OR v.sell_when_out_of_stock))`;
}

function isMeant(meant: ProductsMeant): Prisma.Sql {
  switch (meant.kind) {
    case 'collections':
      return Prisma.sql`p.collection_ids && ${[...meant.ids]}::text[]`;
    case 'tags':
      return Prisma.sql`EXISTS (SELECT 1 FROM unnest(p.tags) AS tag WHERE lower(tag) = ANY(${lower(meant.names)}::text[]))`;
    case 'vendors':
      return Prisma.sql`lower(p.vendor) = ANY(${lower(meant.names)}::text[])`;
    case 'types':
      return Prisma.sql`lower(p.product_type) = ANY(${lower(meant.names)}::text[])`;
    default:
      return within(bandOf[meant.kind], meant);
  }
}

const lower = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());

/** What bands are about, of a product row `p`; NULL where it is not known. */
const bandOf = {
  price: Prisma.sql`(SELECT min(v.price_minor) FROM variant v WHERE v.shop_id = p.shop_id AND v.product_id = p.id)`,
  stock: Prisma.sql`(SELECT CASE WHEN bool_or(v.stock IS NULL) THEN NULL ELSE sum(greatest(v.stock, 0)) END
    FROM variant v WHERE v.shop_id = p.shop_id AND v.product_id = p.id)`,
  margin: Prisma.sql`(SELECT floor(10000 - v.cost_minor::numeric * (10000 + (SELECT ${Prisma.raw(taxOfShop('shop'))} FROM shop
      WHERE shop.id = p.shop_id)) / nullif(v.price_minor, 0))
    FROM variant v WHERE v.shop_id = p.shop_id AND v.product_id = p.id
    ORDER BY (v.stock IS NULL OR v.stock > 0 OR v.sell_when_out_of_stock) DESC, v.position, v.id LIMIT 1)`,
};

const within = (value: Prisma.Sql, { from, to }: Band) =>
  Prisma.sql`coalesce(${value} BETWEEN coalesce(${from}::bigint, -9223372036854775807) AND coalesce(${to}::bigint, 9223372036854775807), false)`;
