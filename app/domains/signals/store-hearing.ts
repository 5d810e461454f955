import type { ShopScope } from '#app/infra/database.ts';
import type { Hearing } from './silence.ts';

/** Reads what silence is told from, until `now`. */
export async function readHearing(scope: ShopScope, now: Date): Promise<Hearing> {
  const [row] = await scope.tx.$queryRaw<Hearing[]>`
    WITH heard AS (SELECT max(occurred_at) AS at FROM signal WHERE shop_id = ${scope.shopId}::uuid)
    SELECT heard.at AS "lastHeardAt",
      count(*) FILTER (WHERE o.placed_at <= heard.at)::int AS "ordersBefore",
      count(o.visitor_id) FILTER (WHERE o.placed_at <= heard.at)::int AS "knownBefore",
      count(*) FILTER (WHERE o.placed_at > heard.at)::int AS "ordersSince"
    FROM heard LEFT JOIN "order" o ON o.shop_id = ${scope.shopId}::uuid AND NOT o.test
      AND o.placed_at > heard.at - interval '28 days' AND o.placed_at <= ${now}
    GROUP BY heard.at`;
  return row ?? { lastHeardAt: null, ordersBefore: 0, knownBefore: 0, ordersSince: 0 };
}
