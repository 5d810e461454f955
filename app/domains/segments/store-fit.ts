import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import { storedRates } from '#app/infra/worth-sql.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Rates } from '#app/shared/rates.ts';
import { flowDays } from './model.ts';
import {
  changedIn,
  customerScores,
  cuts,
  divided,
  everybody,
  guestScores,
  scoreColumns,
  type ScoreTable,
} from './store-scoring.ts';
import { listed, named, type Sql } from './store-sql.ts';

const dayMs = 86_400_000;

/**
 * For the rest of the transaction all buyers are gathered, sorted and compared in memory, and never one by one with all
 * others, as the planner would have it that knows little of a new shop.
 */
const makeRoom = ({ tx }: ShopScope) =>
  tx.$executeRaw`SELECT set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true)`;

/**
 * Divides all buyers of the shop anew, those without an account too, and notes which customers changed groups. Buyers who
 * were scored after `now`, while this was at work, keep their newer numbers.
 * @param rates of other currencies; they stand until the next division, also for who is scored meanwhile
 * @returns how many buyers there are
 */
export async function fitScores(scope: ShopScope, currency: string, now: Date, rates: Rates = {}): Promise<number> {
  const { shopId, tx } = scope;
  const stored = Prisma.sql`${toJsonb(storedRates(rates))}::jsonb`;
  const before = await tx.segmentFit.findUnique({ where: { shopId }, select: { guests: true } });
  await makeRoom(scope);
  // Nobody is scored beside the first division, see `scoreCustomers`: its rows meet no others.
  if (!before) {
    await tx.customerScore.deleteMany({ where: { shopId } });
    await tx.guestScore.deleteMany({ where: { shopId } });
  }
  const [fit] = await tx.$queryRaw<{ buyers: number }[]>`
    WITH ${divided(shopId, currency, now, stored)},
    ${before ? replaced(shopId, now, before.guests !== null) : filled(shopId, now)},
    fit AS (
      INSERT INTO segment_fit (shop_id, fitted_at, buyers, guests, currency, rates, recency_cuts, frequency_cuts, money_cuts, sure)
      SELECT ${shopId}::uuid, ${now}, n, every.guests, ${currency}, ${stored},
        ${cuts(Prisma.sql`recency`)}, ${cuts(Prisma.sql`frequency`)}, ${cuts(Prisma.sql`money`)},
        every.sure
      FROM places, (SELECT coalesce(avg(sure), 0) AS sure, count(*) FILTER (WHERE guest) AS guests FROM scored) every
      ON CONFLICT (shop_id) DO UPDATE SET fitted_at = excluded.fitted_at, buyers = excluded.buyers, guests = excluded.guests,
        currency = excluded.currency, rates = excluded.rates, recency_cuts = excluded.recency_cuts,
        frequency_cuts = excluded.frequency_cuts, money_cuts = excluded.money_cuts, sure = excluded.sure
      RETURNING buyers)
    SELECT buyers FROM fit`;
  return fit?.buyers ?? 0;
}

const both = [customerScores, guestScores] as const;
const nameOf = (what: string, { guest }: ScoreTable) => named(guest ? `${what}_guests` : what);

/** Relations that write `scored` into empty tables. */
const filled = (shopId: ShopId, now: Date): Sql =>
  listed(
    both.map(
      (scores) => Prisma.sql`${nameOf('put', scores)} AS (
        INSERT INTO ${scores.table} (${scoreColumns(scores)})
        SELECT ${shopId}::uuid, buyer, orders, spent, first_at, last_at, r, f, m, sure, group_name, ${now}, ${now}
        FROM scored WHERE guest = ${scores.guest})`,
    ),
  );

/**
 * Relations that compare `scored` with the division before: who `moved` is put in the place of the row before, who has no
 * order left is deleted, and changes of customers are noted.
 * @param counted buyers without an account were counted before; when they first are, everybody's place moves at once,
 * which nobody did anything for: an offer for who comes into a group would go to many
 */
const replaced = (shopId: ShopId, now: Date, counted: boolean): Sql =>
  listed([
    ...both.map((scores) => compared(shopId, now, scores)),
    Prisma.sql`changed AS (
      INSERT INTO segment_change (shop_id, customer_id, from_group, to_group, changed_at, changed_in)
      SELECT ${shopId}::uuid, buyer, from_group, group_name, ${now}, ${changedIn} FROM (
        SELECT buyer, from_group, group_name FROM moved
        WHERE group_name IS NOT NULL AND from_group IS DISTINCT FROM group_name
        UNION ALL SELECT * FROM gone) one
      WHERE ${counted}::boolean OR NOT EXISTS (SELECT 1 FROM scored WHERE guest))`,
  ]);

function compared(shopId: ShopId, now: Date, scores: ScoreTable): Sql {
  const [moved, gone, put] = ['moved', 'gone', 'put'].map((what) => nameOf(what, scores)) as [Sql, Sql, Sql];
  const { guest, table, key } = scores;
  return Prisma.sql`
    -- Most buyers stand where they stood: their rows are neither locked nor written.
    ${moved} AS (
      SELECT coalesce(s.buyer, c.${key}) AS buyer, s.orders, s.spent, s.first_at, s.last_at, s.r, s.f, s.m,
        s.sure, c."group" AS from_group, s.group_name
      FROM (SELECT * FROM scored WHERE guest = ${guest}) s
      FULL JOIN (SELECT * FROM ${table} WHERE shop_id = ${shopId}::uuid) c ON c.${key} = s.buyer
      WHERE coalesce(c.scored_at <= ${now}, true)
        AND (s.orders, s.spent, s.first_at, s.last_at, s.r, s.f, s.m) IS DISTINCT FROM (c.orders, c.spent_minor,
          c.first_order_at, c.last_order_at, c.recency, c.frequency, c.money)
        -- Customers first, as an order does, so that the two never wait for each other in a circle.
        ${guest ? Prisma.sql`AND (SELECT count(*) FROM put) IS NOT NULL` : Prisma.empty}),
    ${gone} AS (
      DELETE FROM ${table} c USING ${moved} m
      WHERE m.group_name IS NULL AND c.shop_id = ${shopId}::uuid AND c.${key} = m.buyer AND c.scored_at <= ${now}
      RETURNING m.buyer, m.from_group, m.group_name),
    -- In one order with all who score meanwhile.
    ${put} AS (
      INSERT INTO ${table} AS c (${scoreColumns(scores)})
      SELECT ${shopId}::uuid, buyer, orders, spent, first_at, last_at, r, f, m, sure, group_name, ${now}, ${now}
      FROM ${moved} WHERE group_name IS NOT NULL ORDER BY buyer
      ON CONFLICT (shop_id, ${key}) DO UPDATE SET orders = excluded.orders, spent_minor = excluded.spent_minor,
        first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at, recency = excluded.recency,
        frequency = excluded.frequency, money = excluded.money, sure = excluded.sure, "group" = excluded."group",
        group_since = CASE WHEN c."group" = excluded."group" THEN c.group_since ELSE excluded.group_since END,
        scored_at = excluded.scored_at
      WHERE c.scored_at <= excluded.scored_at
      RETURNING 1)`;
}

/**
 * Where the buyers of each group came from: the shop's orders of then, divided as they would have been then. Known
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
      FROM (${everybody(shopId)}) c LEFT JOIN scored s ON s.buyer = c.buyer AND s.guest = c.guest
      GROUP BY 3, 4`;
  }
}
