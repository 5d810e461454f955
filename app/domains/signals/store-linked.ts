import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { linkedFromConfidence, linkedFromShare, loginWeight, mostLogins } from './identity-rules.ts';

/**
 * Which browsers are whose, each one customer's at most: a statement with visitor_id and customer_id, by the same rule as
 * `isLinked`.
 * @param only customers who are looked at; null = all of the shop
 */
export function linkedBrowsers(shopId: ShopId, only: readonly string[] | null): Prisma.Sql {
  const theirs =
    only === null
      ? Prisma.empty
      : Prisma.sql`AND visitor_id IN (
          SELECT visitor_id FROM visitor_identity WHERE shop_id = ${shopId}::uuid AND customer_id = ANY(${[...only]}::text[]))`;
  return Prisma.sql`
    SELECT visitor_id, customer_id FROM (
      SELECT visitor_id, customer_id, own, own / sum(own) OVER (PARTITION BY visitor_id) AS share FROM (
        SELECT visitor_id, customer_id, orders + ${loginWeight}::numeric * least(logins, ${mostLogins}::int) AS own FROM visitor_identity
        WHERE shop_id = ${shopId}::uuid AND split_at IS NULL AND orders + logins > 0 ${theirs}
      ) edge
    ) shared WHERE share > ${linkedFromShare} AND share * own / (own + 1) >= ${linkedFromConfidence}`;
}
