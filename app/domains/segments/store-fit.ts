import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import { storedRates } from '#app/infra/worth-sql.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Rates } from '#app/shared/rates.ts';
import { flowDays } from './model.ts';
import { changedIn, cuts, divided } from './store-scoring.ts';

const dayMs = 86_400_000;

/**
 * For the rest of the transaction all buyers are gathered, sorted and compared in memory, and never one by one with all
 * others, as the planner would have it that knows little of a new shop.
 */
const makeRoom = ({ tx }: ShopScope) =>
  tx.$executeRaw`SELECT set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true)`;

/**
 * Divides all buyers of the shop anew and notes who changed groups. Customers who were scored after `now`, while this
 * was at work, keep their newer numbers.
 * @param rates of other currencies; they stand until the next division, also for who is scored meanwhile
 * @returns how many buyers there are
 */
export async function fitScores(scope: ShopScope, currency: string, now: Date, rates: Rates = {}): Promise<number> {
  const { shopId, tx } = scope;
  const stored = Prisma.sql`${toJsonb(storedRates(rates))}::jsonb`;
  const known = (await tx.segmentFit.count({ where: { shopId } })) > 0;
  await makeRoom(scope);
  // Nobody is scored beside the first division, see `scoreCustomers`: its rows meet no others.
  if (!known) await tx.customerScore.deleteMany({ where: { shopId } });
  const [fit] = await tx.$queryRaw<{ buyers: number }[]>`
    WITH ${divided(shopId, currency, now, stored)},
    ${known ? compared(shopId, now) : Prisma.empty}
    put AS (
      INSERT INTO customer_score AS c (shop_id, customer_id, orders, spent_minor, first_order_at, last_order_at,
        recency, frequency, money, sure, "group", group_since, scored_at)
      SELECT ${shopId}::uuid, customer_id, orders, spent, first_at, last_at, r, f, m, sure, group_name, ${now}, ${now}
      FROM ${known ? replacing : Prisma.sql`scored`}),
    fit AS (
      INSERT INTO segment_fit (shop_id, fitted_at, buyers, currency, rates, recency_cuts, frequency_cuts, money_cuts, sure)
      SELECT ${shopId}::uuid, ${now}, n, ${currency}, ${stored}, ${cuts(Prisma.sql`recency`)}, ${cuts(Prisma.sql`frequency`)},
        ${cuts(Prisma.sql`money`)}, (SELECT coalesce(avg(sure), 0) FROM scored) FROM places
      ON CONFLICT (shop_id) DO UPDATE SET fitted_at = excluded.fitted_at, buyers = excluded.buyers, currency = excluded.currency,
        rates = excluded.rates, recency_cuts = excluded.recency_cuts, frequency_cuts = excluded.frequency_cuts, money_cuts = excluded.money_cuts,
        sure = excluded.sure
      RETURNING buyers)
    SELECT buyers FROM fit`;
  return fit?.buyers ?? 0;
}

/** Relations that compare `scored` with the division before: who `moved`; who has no order left is deleted, changes are noted. */
const compared = (shopId: ShopId, now: Date) => Prisma.sql`
    -- Most customers stand where they stood: their rows are neither locked nor written.
    moved AS (
      SELECT coalesce(s.customer_id, c.customer_id) AS customer_id, s.orders, s.spent, s.first_at, s.last_at, s.r, s.f, s.m,
        s.sure, c."group" AS from_group, s.group_name
      FROM scored s FULL JOIN (SELECT * FROM customer_score WHERE shop_id = ${shopId}::uuid) c ON c.customer_id = s.customer_id
      WHERE coalesce(c.scored_at <= ${now}, true)
        AND (s.orders, s.spent, s.first_at, s.last_at, s.r, s.f, s.m) IS DISTINCT FROM (c.orders, c.spent_minor,
          c.first_order_at, c.last_order_at, c.recency, c.frequency, c.money)),
    gone AS (
      DELETE FROM customer_score c USING moved m
      WHERE m.group_name IS NULL AND c.shop_id = ${shopId}::uuid AND c.customer_id = m.customer_id AND c.scored_at <= ${now}
      RETURNING m.customer_id, m.from_group, m.group_name),
    changed AS (
      INSERT INTO segment_change (shop_id, customer_id, from_group, to_group, changed_at, changed_in)
      SELECT ${shopId}::uuid, customer_id, from_group, group_name, ${now}, ${changedIn} FROM (
        SELECT customer_id, from_group, group_name FROM moved
        WHERE group_name IS NOT NULL AND from_group IS DISTINCT FROM group_name
        UNION ALL SELECT * FROM gone) one),`;

/** Rows of `moved` that are put in the place of those before; in one order with all who score meanwhile. */
const replacing = Prisma.sql`moved WHERE group_name IS NOT NULL ORDER BY customer_id
      ON CONFLICT (shop_id, customer_id) DO UPDATE SET orders = excluded.orders, spent_minor = excluded.spent_minor,
        first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at, recency = excluded.recency,
        frequency = excluded.frequency, money = excluded.money, sure = excluded.sure, "group" = excluded."group",
        group_since = CASE WHEN c."group" = excluded."group" THEN c.group_since ELSE excluded.group_since END,
        scored_at = excluded.scored_at
      WHERE c.scored_at <= excluded.scored_at`;

/**
 * Where the customers of each group came from: the shop's orders of then, divided as they would have been then. Known
 * from the first day, because the past is.
 */
export async function fitFlows(scope: ShopScope, currency: string, now: Date): Promise<void> {
  const { shopId, tx } = scope;
  await makeRoom(scope);
  for (const days of flowDays) {
    const then = new Date(now.getTime() - days * dayMs);
    await tx.segmentFlow.deleteMany({ where: { shopId, days } });
    await tx.$executeRaw`
      WITH ${divided(shopId, currency, then)}
      INSERT INTO segment_flow (shop_id, days, from_group, to_group, customers, spent_minor)
      SELECT ${shopId}::uuid, ${days}::int, coalesce(s.group_name, ''), c."group", count(*), sum(c.spent_minor)
      FROM customer_score c LEFT JOIN scored s ON s.customer_id = c.customer_id
      WHERE c.shop_id = ${shopId}::uuid
      GROUP BY 3, 4`;
  }
}
