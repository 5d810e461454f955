import { floorOf, type MostOffGoods } from '#app/domains/incentives/index.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { type BesidePairs, encodeCodeGuard, mostGuarded, type Room } from './code-guard.ts';

/**
 * The merchant's margins of prices as shoppers pay them (`marginOfTaxed`), basis points; without a cost the default margin
 * is assumed, as everywhere in the stack.
 */
export interface MarginRules {
  readonly minMarginBps: number;
  readonly defaultMarginBps: number;
}

/** What a product can bear, by that of its variants that can bear least. */
export interface ProductRoom {
  readonly productId: string;
  readonly title: string;
  /** of that variant, shop currency, minor units */
  readonly priceMinor: number;
  /** what may come off, basis points of the price */
  readonly roomBps: number;
}

/**
 * Products that can bear least, the weakest first, by what the mirror knows now.
 * @param productIds among which; null = all
 */
export async function readRooms(
  scope: ShopScope,
  rules: MarginRules,
  { productIds, limit }: { readonly productIds: readonly string[] | null; readonly limit: number },
): Promise<ProductRoom[]> {
  const share = Math.max(0, 10_000 - rules.defaultMarginBps);
  const among = productIds === null ? null : toArrayLiteral([...productIds]);
  const rows = await scope.tx.$queryRaw<{ product_id: string; title: string | null; price: bigint; cost: bigint }[]>`
    SELECT worst.product_id, p.title, worst.price, worst.cost FROM (
      SELECT DISTINCT ON (product_id) product_id, price, cost, cost::float8 / price AS load FROM (
        SELECT product_id, price_minor AS price,
          coalesce(cost_minor, ceil(price_minor * ${share}::int / 10000.0)::bigint) AS cost
        FROM variant WHERE shop_id = ${scope.shopId}::uuid AND price_minor > 0
          AND (${among}::text[] IS NULL OR product_id = ANY(${among}::text[]))
      ) AS each ORDER BY product_id, load DESC
    ) AS worst LEFT JOIN product p ON p.shop_id = ${scope.shopId}::uuid AND p.id = worst.product_id
    ORDER BY load DESC, worst.product_id LIMIT ${limit}`;
  return rows.map(({ product_id, title, price, cost }) => {
    const priceMinor = Number(price);
    const room = Math.max(0, priceMinor - floorOf(priceMinor, Number(cost), rules));
    const roomBps = Math.floor((room * 10_000) / priceMinor);
    return { productId: product_id, title: title ?? '', priceMinor, roomBps };
  });
}

/** What may come off goods beside a code of ours. */
export interface BesideCodes {
  readonly pairs: BesidePairs;
  readonly most: MostOffGoods;
  /** what any other code takes, basis points and minor units of the shop's currency */
  readonly others: { readonly basisPoints: number; readonly minor: number };
  /** products that stand for several others: what may come off them, by what may come off those */
  readonly made: (roomOf: (productId: string) => number) => ReadonlyMap<string, number>;
}

/**
 * What codes must leave of each product: the weakest are named, all others are taken for as weak as the strongest of those.
 * @param beside null where no other discount of goods may stand beside a code of ours
 */
export async function readCodeGuard(
  scope: ShopScope,
  rules: MarginRules,
  beside: BesideCodes | null = null,
): Promise<string> {
  const weakest = await readRooms(scope, rules, { productIds: null, limit: mostGuarded });
  if (!beside) return encodeCodeGuard(weakest);
  const { pairs, most, others, made } = beside;
  const offered = [...most.products.keys()].filter((id) => !weakest.some(({ productId }) => productId === id));
  const more =
    offered.length === 0 ? [] : await readRooms(scope, rules, { productIds: offered, limit: offered.length });
  const rooms = new Map<string, Room>([...weakest, ...more].map((room) => [room.productId, room]));
  const stood = [...made((id) => rooms.get(id)?.roomBps ?? 0)].map(([productId, roomBps]): Room => ({
    productId,
    roomBps,
    priceMinor: rooms.get(productId)?.priceMinor ?? 0,
  }));
  const isStood = ({ productId }: Room) => stood.some((one) => one.productId === productId);
  const goods = { pairs, off: most.products, order: most.order, others };
  return encodeCodeGuard(
    weakest.filter((room) => !isStood(room)),
    goods,
    [...more.filter((room) => !isStood(room)), ...stood],
  );
}
