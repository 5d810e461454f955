import { z } from 'zod';
import type { ShopScope } from '#app/infra/database.ts';
import { clickEffects, type ShownCount } from './clicks.ts';

/** What was shown earlier says little of what is clicked on now. */
const rememberedDays = 90;
/** Whoever is shown or clicks on more than this on one day is a machine, and counts nothing on that day. */
const mostADay = 1_000;
const effectsSchema = z.array(z.tuple([z.string(), z.number()]));

/**
 * Stores with a version how much more often than others each product is clicked on in our widgets. A product counts once
 * a day for each visitor and place, so that nobody's clicking moves much.
 */
export async function writeClickEffects(scope: ShopScope, version: number, now: Date): Promise<void> {
  const since = new Date(now.getTime() - rememberedDays * 86_400_000);
  const counts = await scope.tx.$queryRaw<ShownCount[]>`
    WITH told AS (
      SELECT s.visitor_id, date_trunc('day', s.occurred_at AT TIME ZONE 'UTC') AS day, s.product_id, s.surface,
        bool_or(s.kind = 'click') AS clicked, count(*) AS times
      FROM signal s
      WHERE s.shop_id = ${scope.shopId}::uuid AND s.kind IN ('impression', 'click') AND s.product_id IS NOT NULL
        AND s.occurred_at >= ${since} AND s.occurred_at <= ${now}
      GROUP BY 1, 2, 3, 4),
    people AS (SELECT *, sum(times) OVER (PARTITION BY visitor_id, day) AS times_that_day FROM told)
    SELECT product_id AS "productId", coalesce(surface, '') AS surface, count(*)::float8 AS shown,
      count(*) FILTER (WHERE clicked)::float8 AS clicked
    FROM people WHERE times_that_day <= ${mostADay}::int GROUP BY 1, 2 ORDER BY 1, 2`;
  const items = clickEffects(counts);
  await scope.tx.recommendation.upsert({
    where: {
      shopId_version_surface_subjectId: { shopId: scope.shopId, version, surface: 'clicks', subjectId: '' },
    },
    create: { shopId: scope.shopId, version, surface: 'clicks', subjectId: '', items },
    update: { items },
  });
}

/** What `writeClickEffects` stored, by product. */
export async function readClickEffects(scope: ShopScope, version: number): Promise<ReadonlyMap<string, number>> {
  const row = await scope.tx.recommendation.findFirst({
    where: { shopId: scope.shopId, version, surface: 'clicks', subjectId: '' },
    select: { items: true },
  });
  return new Map(row === null ? [] : effectsSchema.parse(row.items));
}
