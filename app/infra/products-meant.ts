import { Prisma } from '#app/generated/prisma/client.ts';
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

/**
 * What a product row `p` must be to be meant and bought now. By margin it is what the variant leaves that is shown, as on the
 * product's card.
 */
export function meantAndForSale(meant: ProductsMeant): Prisma.Sql {
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
