import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { TestSums } from './model.ts';
import {
  armSums,
  CAP_TIMES_MEDIAN,
  orderProfit,
  PAST_PROFIT_DAYS,
  type SumRow,
  toTestSums,
} from './store-profit-sums.ts';
import type { Traffic } from './rules.ts';
import { givenAnyway } from './store-gift-sums.ts';
import type { Withheld } from './withheld.ts';

/** A visitor with more product views than this on one day is a machine and is left out, whatever the arm. */
const MACHINE_VIEWS_PER_DAY = 300;
const PAST_VISIT_DAYS = 28;

const day = 86_400_000;

/**
 * Visitors who view like machines between two moments. The few who can be are found by an index alone, whatever they
 * did and when; only their views are counted day by day.
 */
const machines = (scope: ShopScope, from: Date, to: Date) => Prisma.sql`
  SELECT DISTINCT visitor_id FROM (
    SELECT visitor_id FROM signal
    WHERE shop_id = ${scope.shopId}::uuid AND kind = 'view' AND occurred_at >= ${from} AND occurred_at < ${to}
      AND visitor_id = ANY (ARRAY(
        SELECT visitor_id FROM signal WHERE shop_id = ${scope.shopId}::uuid
        GROUP BY visitor_id HAVING count(*) > ${MACHINE_VIEWS_PER_DAY}::int))
    GROUP BY visitor_id, date_trunc('day', occurred_at AT TIME ZONE 'UTC')
    HAVING count(*) > ${MACHINE_VIEWS_PER_DAY}::int
  ) busy`;

/**
 * The sums of a test over the visitors exposed from `from` until `to`, one row an arm, added up by the database. A
 * visitor's past is what was known before the first exposure: orders of the visitor and of customers whom an
 * *earlier* order had already tied to the visitor (a later one must not, because an arm may have brought it about).
 * @param pastUntil when anybody was first treated as they are in this test's arms, in this period or one before: what
 * came after it an arm may have moved, and it is nobody's past
 * @param withheld arms whose profit counts as if offers had not been given
 */
export async function readTestSums(
  scope: ShopScope,
  {
    exposure,
    from,
    to,
    pastUntil,
    marginBps,
    withheld,
  }: {
    exposure: string;
    from: Date;
    to: Date;
    pastUntil: Date;
    marginBps: number;
    withheld: Withheld | null;
  },
): Promise<TestSums> {
  const pastFrom = (days: number) => new Date(Math.min(from.getTime(), pastUntil.getTime()) - days * day);
  // Of an experiment that began after the tables were last analysed the planner expects no visitors, and would then
  // compare each of many with every order.
  await scope.tx.$queryRaw`SELECT set_config('enable_nestloop', 'off', true)`;
  const rows = await scope.tx.$queryRaw<SumRow[]>`
    WITH seen AS MATERIALIZED (
      SELECT e.visitor_id, e.arm, e.first_seen_at, e.crowd, least(e.first_seen_at, ${pastUntil}::timestamptz) AS past_until FROM exposure e
      WHERE e.shop_id = ${scope.shopId}::uuid AND e.experiment = ${exposure} AND e.first_seen_at < ${to}
    ),
    bought AS MATERIALIZED (${orderProfit(scope, pastFrom(PAST_PROFIT_DAYS), to, marginBps)}),
    machine AS MATERIALIZED (
      ${machines(scope, from, to)}
      UNION SELECT visitor_id FROM seen WHERE crowd AND visitor_id NOT IN (SELECT visitor_id FROM bought WHERE visitor_id IS NOT NULL)
    ),
    counted AS MATERIALIZED (SELECT * FROM seen WHERE visitor_id NOT IN (SELECT visitor_id FROM machine)),
    ${givenAnyway(scope, withheld, from, to)},
    outcome AS MATERIALIZED (
      SELECT c.visitor_id, count(*) AS orders, sum(b.revenue) AS revenue, sum(b.profit + coalesce(g.minor, 0)) AS profit,
        sum(b.assumed) AS assumed
      FROM counted c JOIN bought b ON b.visitor_id = c.visitor_id AND b.placed_at >= c.first_seen_at
      LEFT JOIN given g ON g.id = b.id AND g.arm = c.arm
      GROUP BY c.visitor_id
    ),
    earlier AS (
      SELECT c.visitor_id, c.past_until, b.id, b.customer_id, b.profit
      FROM counted c JOIN bought b ON b.visitor_id = c.visitor_id AND b.placed_at < c.past_until
    ),
    past AS MATERIALIZED (
      SELECT visitor_id, sum(profit) AS profit FROM (
        SELECT visitor_id, id, profit FROM earlier
        UNION
        SELECT k.visitor_id, b.id, b.profit
        FROM (SELECT DISTINCT visitor_id, past_until, customer_id FROM earlier WHERE customer_id IS NOT NULL) k
        JOIN bought b ON b.customer_id = k.customer_id AND b.placed_at < k.past_until
      ) own GROUP BY visitor_id
    ),
    visits AS MATERIALIZED (
      SELECT c.visitor_id, count(DISTINCT (s.occurred_at AT TIME ZONE 'UTC')::date) AS days
      FROM counted c
      JOIN signal s ON s.shop_id = ${scope.shopId}::uuid AND s.visitor_id = c.visitor_id AND s.kind = 'view'
        AND s.occurred_at >= ${pastFrom(PAST_VISIT_DAYS)} AND s.occurred_at < c.past_until
        AND s.occurred_at >= c.past_until - make_interval(days => ${PAST_VISIT_DAYS}::int)
      GROUP BY c.visitor_id
    ),
    ${armSums(scope)}`;
  await scope.tx.$queryRaw`SELECT set_config('enable_nestloop', 'on', true)`;
  return toTestSums(rows);
}

/**
 * What the plan of a test is made of: visitors who viewed one of `productIds` (any product where it is empty) from
 * `from` until `to`, and their profit in that time, capped as a test's.
 */
export async function readTraffic(
  scope: ShopScope,
  { productIds, from, to, marginBps }: { productIds: readonly string[]; from: Date; to: Date; marginBps: number },
): Promise<Traffic> {
  const ids = [...productIds];
  const [row] = await scope.tx.$queryRaw<{ visitors: number; mean: number | null; variance: number | null }[]>`
    WITH viewer AS MATERIALIZED (
      SELECT visitor_id, min(occurred_at) AS first_seen_at FROM signal
      WHERE shop_id = ${scope.shopId}::uuid AND kind = 'view' AND occurred_at >= ${from} AND occurred_at < ${to}
        AND (cardinality(${ids}::text[]) = 0 OR product_id = ANY(${ids}::text[]))
        AND visitor_id NOT IN (${machines(scope, from, to)})
      GROUP BY visitor_id
    ),
    bought AS MATERIALIZED (${orderProfit(scope, from, to, marginBps)}),
    outcome AS MATERIALIZED (
      SELECT v.visitor_id, sum(b.profit) AS profit
      FROM viewer v JOIN bought b ON b.visitor_id = v.visitor_id AND b.placed_at >= v.first_seen_at GROUP BY 1
    ),
    cap AS (
      SELECT ${CAP_TIMES_MEDIAN} * percentile_cont(0.5) WITHIN GROUP (ORDER BY profit::float8)::numeric AS minor
      FROM outcome WHERE profit > 0
    )
    SELECT count(*)::float8 AS visitors,
      avg(greatest(-cap.minor, least(cap.minor, coalesce(o.profit, 0))))::float8 AS mean,
      var_samp(greatest(-cap.minor, least(cap.minor, coalesce(o.profit, 0))))::float8 AS variance
    FROM viewer v CROSS JOIN cap LEFT JOIN outcome o USING (visitor_id)`;
  const days = Math.max(1, (to.getTime() - from.getTime()) / day);
  return { visitorsPerDay: (row?.visitors ?? 0) / days, mean: row?.mean ?? 0, variance: row?.variance ?? 0 };
}
