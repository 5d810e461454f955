import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopId } from '#app/shared/ids.ts';

/**
 * Who takes part, with the points that can be spent, the tier's id ('' = none) and what counted for it at the last look: a
 * statement for those of other stores.
 */
export const standingsOf = (shopId: ShopId): Prisma.Sql => Prisma.sql`
  SELECT m.customer_id, coalesce(a.available, 0) AS points, m.tier, m.tier_figure AS figure FROM loyalty_member m
  LEFT JOIN ledger_account a ON a.shop_id = m.shop_id AND a.owner_kind = 'customer' AND a.owner_id = m.customer_id
    AND a.unit = 'points'
  WHERE m.shop_id = ${shopId}::uuid`;
