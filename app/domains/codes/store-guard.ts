import { floorOf } from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { encodeCodeGuard, mostGuarded } from './price-code.ts';

/**
 * What codes must leave of each product, by what the mirror knows now: of a product the variant that can bear least
 * counts. The weakest products are named; all others are taken for as weak as the strongest of those.
 */
export async function readCodeGuard(
  scope: ShopScope,
  rules: { readonly minMarginBps: number; readonly defaultMarginBps: number },
): Promise<string> {
  // Without a cost the default margin is assumed, as everywhere in the stack.
  const share = Math.max(0, 10_000 - rules.defaultMarginBps);
  const rows = await scope.tx.$queryRaw<{ product_id: string; price: bigint; cost: bigint }[]>`
    SELECT product_id, price, cost FROM (
      SELECT DISTINCT ON (product_id) product_id, price, cost, cost::float8 / price AS load FROM (
        SELECT product_id, price_minor AS price,
          coalesce(cost_minor, ceil(price_minor * ${share}::int / 10000.0)::bigint) AS cost
        FROM variant WHERE shop_id = ${scope.shopId}::uuid AND price_minor > 0
      ) AS each ORDER BY product_id, load DESC
    ) AS worst ORDER BY load DESC, product_id LIMIT ${mostGuarded}`;
  return encodeCodeGuard(
    rows.map(({ product_id, price, cost }) => {
      const [priceMinor, costMinor] = [Number(price), Number(cost)];
      const room = Math.max(0, priceMinor - floorOf(priceMinor, costMinor, rules));
      return { productId: product_id, roomBps: Math.floor((room * 10_000) / priceMinor) };
    }),
  );
}
