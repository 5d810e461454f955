import type { ShopScope } from '#app/infra/database.ts';
import { type UsualTax, usualTax } from './usual-tax.ts';

/** The latest that are asked, among so many at most of which some do not tell. */
const [mostOrders, mostLooked] = [1000, 20_000];

/** The highest usual tax in the latest orders since `since`, without cancelled ones and tests; null where they do not tell. */
export async function readUsualTax({ tx, shopId }: ShopScope, since: Date): Promise<UsualTax | null> {
  const counts = await tx.$queryRaw<{ bps: number; orders: number }[]>`
    SELECT tax_bps AS bps, count(*)::int AS orders FROM (
      SELECT tax_bps FROM (
        SELECT tax_bps, placed_at, cancelled_at, test FROM "order"
        WHERE shop_id = ${shopId}::uuid AND placed_at >= ${since}
        ORDER BY placed_at DESC LIMIT ${mostLooked}
      ) AS looked
      WHERE cancelled_at IS NULL AND NOT test AND tax_bps > 0
      ORDER BY placed_at DESC LIMIT ${mostOrders}
    ) AS latest
    GROUP BY tax_bps`;
  return usualTax(counts);
}
