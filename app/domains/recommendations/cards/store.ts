import { marginBps } from '#app/domains/incentives/index.ts';
import type { Database, ShopScope } from '#app/infra/database.ts';
import { inOneTrip, type PreparedStatement } from '#app/infra/one-trip.ts';
import { canBuy, lowestPrice, shownFirst, unitsForSale } from '#app/infra/product-figures.ts';
import { taxOfShop } from '#app/infra/tax-of-shop.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { ProductCard } from './model.ts';

interface CardRow {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly product_type: string;
  readonly vendor: string;
  /** joined: the driver takes arrays apart letter by letter */
  readonly tags: string;
  readonly collection_ids: string;
  readonly image_url: string | null;
  readonly offered: boolean;
  readonly price: string | null;
  readonly stock: string | null;
  readonly variant_id: string | null;
  readonly variant_price: string | null;
  readonly variant_cost: string | null;
  readonly variant_image: string | null;
  /** in the prices, basis points of a price without it */
  readonly tax: number;
}

const columns = `
  SELECT p.id, p.handle, p.title, p.product_type, p.vendor, array_to_string(p.tags, E'\\x1f') AS tags,
    array_to_string(p.collection_ids, E'\\x1f') AS collection_ids, p.image_url,
    p.deleted_at IS NULL AND p.status = 'active' AND p.published AND NOT p.gift_card AND coalesce(v.can_buy, false) AS offered,
    a.price::text AS price, a.stock::text AS stock, v.id AS variant_id, v.price_minor::text AS variant_price,
    v.cost_minor::text AS variant_cost, v.image_url AS variant_image,
    (SELECT ${taxOfShop('shop')} FROM shop WHERE id = $1::uuid) AS tax
  FROM product p
  LEFT JOIN LATERAL (
    SELECT ${lowestPrice} AS price, ${unitsForSale} AS stock
    FROM variant v WHERE v.shop_id = p.shop_id AND v.product_id = p.id) a ON true
  LEFT JOIN LATERAL (
    SELECT v.id, v.price_minor, v.cost_minor, v.image_url, ${canBuy} AS can_buy
    FROM variant v WHERE v.shop_id = p.shop_id AND v.product_id = p.id ORDER BY ${shownFirst} LIMIT 1) v ON true`;

/** Cards of some products that are not deleted, by id. */
export async function readCards(scope: ShopScope, productIds: readonly string[]): Promise<Map<string, ProductCard>> {
  if (productIds.length === 0) return new Map();
  const rows = await scope.tx.$queryRawUnsafe<CardRow[]>(
    `${columns} WHERE p.shop_id = $1::uuid AND p.deleted_at IS NULL AND p.id = ANY($2::text[])`,
    scope.shopId,
    [...new Set(productIds)],
  );
  return new Map(rows.map((row) => [row.id, toCard(row)]));
}

const cardsByIds: PreparedStatement = {
  name: 'cards_by_ids',
  types: ['text[]'],
  text: `${columns} WHERE p.shop_id = $1 AND p.deleted_at IS NULL AND p.id = ANY($2)`,
};

/** The same in one round trip without a transaction of several statements, for answers to shoppers. */
export async function fetchCards(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  productIds: readonly string[],
): Promise<ProductCard[]> {
  return (await inOneTrip<CardRow>(db, shopId, cardsByIds, [productIds])).map(toCard);
}

function toCard(row: CardRow): ProductCard {
  const [price, cost] = [Number(row.variant_price ?? 0), row.variant_cost === null ? null : Number(row.variant_cost)];
  return {
    id: row.id,
    handle: row.handle,
    title: row.title,
    productType: row.product_type,
    vendor: row.vendor,
    tags: apart(row.tags),
    collectionIds: apart(row.collection_ids),
    imageUrl: row.image_url,
    sellable: row.offered,
    priceMinor: Number(row.price ?? 0),
    stock: row.stock === null ? null : Number(row.stock),
    marginBps: cost === null || price <= 0 ? null : marginBps(price, cost, row.tax),
    variant:
      row.variant_id === null || !row.offered
        ? null
        : { id: row.variant_id, priceMinor: price, imageUrl: row.variant_image },
  };
}

const apart = (joined: string): string[] => (joined === '' ? [] : joined.split('\x1f'));
