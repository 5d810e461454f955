import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { flowDays } from './model.ts';
import { bought, changedIn, groupName, ranked, scored, sureness } from './store-scoring.ts';

const dayMs = 86_400_000;

/** Where a score begins, by the values of those who have it or a higher one; left out from the first that nobody has. */
const cuts = (value: Prisma.Sql, score: Prisma.Sql) =>
  Prisma.sql`array_remove(ARRAY[${Prisma.join([2, 3, 4, 5].map((from) => Prisma.sql`min(${value}) FILTER (WHERE ${score} >= ${from}::int)`))}], NULL)`;

/**
 * Divides all buyers of the shop anew and notes who changed groups. Customers who were scored after `now`, while this
 * was at work, keep their newer numbers.
 * @returns how many buyers there are
 */
export async function fitScores(scope: ShopScope, currency: string, now: Date): Promise<number> {
  const { shopId, tx } = scope;
  const known = (await tx.segmentFit.count({ where: { shopId } })) > 0;
  const [fit] = await tx.$queryRaw<{ buyers: number }[]>`
    WITH bought AS MATERIALIZED (${bought(shopId, currency, now, null)}),
    scored AS MATERIALIZED (
      SELECT s.*, ${groupName} AS group_name, ${sureness} AS sure
      FROM (${scored(Prisma.sql`(${ranked(Prisma.sql`bought`)}) k`)}) s, (SELECT greatest(count(*), 1)::float8 AS n FROM bought) n),
    gone AS (
      DELETE FROM customer_score c WHERE shop_id = ${shopId}::uuid AND scored_at <= ${now}
        AND NOT EXISTS (SELECT 1 FROM bought b WHERE b.customer_id = c.customer_id)
      RETURNING customer_id, "group"),
    changed AS (
      INSERT INTO segment_change (shop_id, customer_id, from_group, to_group, changed_at, changed_in)
      SELECT ${shopId}::uuid, customer_id, from_group, to_group, ${now}, ${changedIn} FROM (
        SELECT s.customer_id, c."group" AS from_group, s.group_name AS to_group
        FROM scored s LEFT JOIN customer_score c ON c.shop_id = ${shopId}::uuid AND c.customer_id = s.customer_id
        WHERE ${known}::boolean AND c."group" IS DISTINCT FROM s.group_name AND coalesce(c.scored_at <= ${now}, true)
        UNION ALL SELECT customer_id, "group", NULL FROM gone) one),
    put AS (
      INSERT INTO customer_score AS c (shop_id, customer_id, orders, spent_minor, first_order_at, last_order_at,
        recency, frequency, money, sure, "group", group_since, scored_at)
      SELECT ${shopId}::uuid, customer_id, orders, spent, first_at, last_at, r, f, m, sure, group_name, ${now}, ${now} FROM scored
      ON CONFLICT (shop_id, customer_id) DO UPDATE SET orders = excluded.orders, spent_minor = excluded.spent_minor,
        first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at, recency = excluded.recency,
        frequency = excluded.frequency, money = excluded.money, sure = excluded.sure, "group" = excluded."group",
        group_since = CASE WHEN c."group" = excluded."group" THEN c.group_since ELSE excluded.group_since END,
        scored_at = excluded.scored_at
      -- Most customers stand where they stood: their rows are not written again.
      WHERE c.scored_at <= excluded.scored_at
        AND (c.orders, c.spent_minor, c.first_order_at, c.last_order_at, c.recency, c.frequency, c.money)
          IS DISTINCT FROM (excluded.orders, excluded.spent_minor, excluded.first_order_at, excluded.last_order_at,
            excluded.recency, excluded.frequency, excluded.money)),
    fit AS (
      INSERT INTO segment_fit (shop_id, fitted_at, buyers, currency, recency_cuts, frequency_cuts, money_cuts, sure)
      SELECT ${shopId}::uuid, ${now}, count(*), ${currency}, ${cuts(Prisma.sql`last_at`, Prisma.sql`r`)},
        ${cuts(Prisma.sql`orders`, Prisma.sql`f`)}, ${cuts(Prisma.sql`spent`, Prisma.sql`m`)}, coalesce(avg(sure), 0) FROM scored
      ON CONFLICT (shop_id) DO UPDATE SET fitted_at = excluded.fitted_at, buyers = excluded.buyers, currency = excluded.currency,
        recency_cuts = excluded.recency_cuts, frequency_cuts = excluded.frequency_cuts, money_cuts = excluded.money_cuts,
        sure = excluded.sure
      RETURNING buyers)
    SELECT buyers FROM fit`;
  return fit?.buyers ?? 0;
}

/**
 * Where the customers of each group came from: the shop's orders of then, divided as they would have been then. Known
 * from the first day, because the past is.
 */
export async function fitFlows(scope: ShopScope, currency: string, now: Date): Promise<void> {
  const { shopId, tx } = scope;
  for (const days of flowDays) {
    const then = new Date(now.getTime() - days * dayMs);
    await tx.segmentFlow.deleteMany({ where: { shopId, days } });
    await tx.$executeRaw`
      WITH past AS (
        SELECT customer_id, ${groupName} AS group_name
        FROM (${scored(Prisma.sql`(${ranked(Prisma.sql`(${bought(shopId, currency, then, null)})`)}) k`)}) s)
      INSERT INTO segment_flow (shop_id, days, from_group, to_group, customers, spent_minor)
      SELECT ${shopId}::uuid, ${days}::int, coalesce(t.group_name, ''), c."group", count(*), sum(c.spent_minor)
      FROM customer_score c LEFT JOIN past t ON t.customer_id = c.customer_id
      WHERE c.shop_id = ${shopId}::uuid
      GROUP BY 3, 4`;
  }
}
