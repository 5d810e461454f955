import type { ShopScope } from '#app/infra/database.ts';

/** A code counts as usual from this number of orders on; one that is made for one shopper does not. */
const fewestOrders = 3;
/** Rounded up, so that what is published changes rarely. */
const stepBps = 100;

/**
 * The largest share that a code usually takes off what goods cost after all other discounts: of each code the median
 * of its orders since `since`. Cancelled orders and tests do not count, nor do codes of ours, which give way themselves.
 * @returns basis points, whole percents; 0 where no code was used often enough
 */
export async function readUsualCodeBps(scope: ShopScope, since: Date): Promise<number> {
  const [row] = await scope.tx.$queryRaw<{ largest: number | null }[]>`
    SELECT max(usual)::float8 AS largest FROM (
      SELECT percentile_cont(0.5) WITHIN GROUP (
        ORDER BY (entered->>'minor')::bigint * 10000.0 / (subtotal_minor - discount_minor + (entered->>'minor')::bigint)
      ) AS usual
      FROM "order", jsonb_array_elements(discount_codes) entered
      WHERE shop_id = ${scope.shopId}::uuid AND placed_at >= ${since} AND cancelled_at IS NULL AND NOT test
        AND NOT EXISTS (
          SELECT 1 FROM discount_code own
          WHERE own.shop_id = ${scope.shopId}::uuid AND own.code = upper(entered->>'code')
        )
        AND (entered->>'minor')::bigint > 0 AND subtotal_minor - discount_minor + (entered->>'minor')::bigint > 0
      GROUP BY lower(entered->>'code') HAVING count(*) >= ${fewestOrders}
    ) AS of_codes`;
  return Math.ceil(Math.min(row?.largest ?? 0, 10_000) / stepBps) * stepBps;
}
