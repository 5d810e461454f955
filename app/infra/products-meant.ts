import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from './database.ts';
import { type Band, foldName, namedBy, type ProductsMeant } from '#app/shared/products-meant.ts';
import { forSale, lowestPrice, shownFirst, unitsForSale } from './product-figures.ts';
import { taxOfShop } from './tax-of-shop.ts';

/** Of products that a rule with a saving means, those of one place of its offer: more do not fit into the checkout. */
export const mostOfOffer = 250;

/** How a product sells is told by the orders of so many days before the latest one, and of these by the latest so many. */
const salesDays = 90;
const mostOrders = 20_000;

/**
 * Up to `most` products that are meant and can be bought now, in the order of their ids; of more than that, those in most
 * of the latest orders, best first, then by id.
 * @param also what a product row `p` must be besides
 * @param held for who asks several times, with all that will be asked
 */
export async function findMeant(
  scope: ShopScope,
  meant: ProductsMeant,
  {
    most,
    also = Prisma.sql`TRUE`,
    held = heldNames(scope, [meant]),
  }: { readonly most: number; readonly also?: Prisma.Sql; readonly held?: HeldNames },
): Promise<string[]> {
  const { tx, shopId } = scope;
  const wanted = Prisma.sql`p.shop_id = ${shopId}::uuid AND ${Prisma.raw(forSale)} AND ${meantInSql(await exactly(meant, held))} AND ${also}`;
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
 * What a product row `p` must be to be meant: `isMeant` in SQL. By margin it is what the variant leaves that is shown, as on
 * the product's card.
 */
function meantInSql(meant: ExactlyMeant): Prisma.Sql {
  switch (meant.kind) {
    case 'collections':
      return Prisma.sql`p.collection_ids && ${[...meant.ids]}::text[]`;
    case 'tags':
      return Prisma.sql`p.tags && ${meant.spellings}::text[]`;
    case 'vendors':
      return Prisma.sql`p.vendor = ANY(${meant.spellings}::text[])`;
    case 'types':
      return Prisma.sql`p.product_type = ANY(${meant.spellings}::text[])`;
    default:
      return within(bandOf[meant.kind], meant);
  }
}

/** Names as the shop's products write them: which of them are one name is said by `foldName` alone, by no collation. */
type ExactlyMeant = ProductsMeant & { readonly spellings: string[] };
type NameKind = 'tags' | 'vendors' | 'types';

/** Names that a shop's products hold, each kind read once. */
export type HeldNames = (kind: NameKind) => Promise<readonly string[]>;

/**
 * Those of a shop's names that may be one of what is asked for: a large shop holds millions. In ASCII the database knows
 * which are the same in any case; of all others `foldName` has to say it.
 * @param asked all that will be looked for by these names
 */
export function heldNames({ tx, shopId }: ShopScope, asked: readonly ProductsMeant[]): HeldNames {
  const known = new Map<NameKind, Promise<readonly string[]>>();
  const read = async (kind: NameKind): Promise<readonly string[]> => {
    const folded = new Set(asked.flatMap((one) => (one.kind === kind ? one.names.map(foldName) : [])));
    const rows = await tx.$queryRaw<{ name: string }[]>`
      SELECT DISTINCT name FROM (
        SELECT ${nameOf[kind]} AS name FROM product WHERE shop_id = ${shopId}::uuid AND deleted_at IS NULL
      ) held WHERE octet_length(name) <> length(name) OR lower(name COLLATE "C") = ANY(${[...folded]}::text[])`;
    return rows.map(({ name }) => name);
  };
  return (kind) => {
    const found = known.get(kind) ?? read(kind);
    known.set(kind, found);
    return found;
  };
}

const nameOf = { tags: Prisma.sql`unnest(tags)`, vendors: Prisma.sql`vendor`, types: Prisma.sql`product_type` };

const exactly = async (meant: ProductsMeant, held: HeldNames): Promise<ExactlyMeant> => ({
  ...meant,
  spellings: 'names' in meant ? namedBy(meant.names, await held(meant.kind)) : [],
});

/** What bands are about, of a product row `p`; NULL where it is not known. */
const bandOf = {
  price: ofVariants(lowestPrice),
  stock: ofVariants(unitsForSale),
  margin: Prisma.sql`(SELECT floor(10000 - v.cost_minor::numeric * (10000 + (SELECT ${Prisma.raw(taxOfShop('shop'))} FROM shop
      WHERE shop.id = p.shop_id)) / nullif(v.price_minor, 0))
    FROM variant v WHERE v.shop_id = p.shop_id AND v.product_id = p.id ORDER BY ${Prisma.raw(shownFirst)} LIMIT 1)`,
};

function ofVariants(figure: string): Prisma.Sql {
  return Prisma.sql`(SELECT ${Prisma.raw(figure)} FROM variant v WHERE v.shop_id = p.shop_id AND v.product_id = p.id)`;
}

const within = (value: Prisma.Sql, { from, to }: Band) =>
  Prisma.sql`coalesce(${value} BETWEEN coalesce(${from}::bigint, -9223372036854775807) AND coalesce(${to}::bigint, 9223372036854775807), false)`;
