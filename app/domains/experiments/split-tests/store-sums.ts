import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ArmSums, TestSums } from './model.ts';
import type { Traffic } from './rules.ts';

/** A visitor with more product views than this on one day is a machine and is left out, whatever the arm. */
const MACHINE_VIEWS_PER_DAY = 300;
/** What one visitor counts at most, in times of the usual (median) profit of a buying visitor of all arms. */
const CAP_TIMES_MEDIAN = 10;
/** How far back a visitor's past is looked at. */
const PAST_PROFIT_DAYS = 365;
const PAST_VISIT_DAYS = 28;

const day = 86_400_000;

/**
 * Goods and profit of each order from `from` until `to`, in the shop's currency. Goods are what the lines were
 * sold for after discounts; what came back counts by the returned units or, where more money went back than that,
 * by the money. Cost is the variant's unit cost for the units that stayed with the buyer; where it is unknown the
 * margin `marginBps` is assumed. Tax and shipping are no profit. Cancelled and test orders and other currencies
 * count nothing.
 */
const orderProfit = (scope: ShopScope, from: Date, to: Date, marginBps: number) => Prisma.sql`
  SELECT o.id, o.visitor_id, o.customer_id, o.placed_at, g.revenue, least(g.assumed, g.revenue) AS assumed,
    g.revenue - g.cost - g.assumed * (1 - ${marginBps}::numeric / 10000) AS profit
  FROM "order" o
  JOIN shop s ON s.id = o.shop_id
  JOIN LATERAL (
    SELECT coalesce(sum(l.quantity * l.kept * l.cost_minor), 0) AS cost,
      coalesce(sum(l.net * l.kept) FILTER (WHERE l.cost_minor IS NULL), 0) AS assumed,
      least(coalesce(sum(l.net * l.kept), 0),
        coalesce(sum(l.net), 0) * (1 - least(1, o.refunded_minor / greatest(o.total_minor, 1)::numeric))) AS revenue
    FROM (
      SELECT l.quantity, l.quantity * l.unit_price_minor::numeric - l.discount_minor AS net,
        (SELECT v.cost_minor FROM variant v WHERE v.shop_id = l.shop_id AND v.id = l.variant_id) AS cost_minor,
        greatest(l.quantity - l.refunded_quantity, 0)::numeric / greatest(l.quantity, 1) AS kept
      FROM order_line l
      WHERE l.shop_id = o.shop_id AND l.order_id = o.id
    ) l
  ) g ON true
  WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at >= ${from} AND o.placed_at < ${to}
    AND o.cancelled_at IS NULL AND NOT o.test AND o.currency = s.currency`;

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
 */
export async function readTestSums(
  scope: ShopScope,
  { exposure, from, to, marginBps }: { exposure: string; from: Date; to: Date; marginBps: number },
): Promise<TestSums> {
  // Of an experiment that began after the tables were last analysed the planner expects no visitors, and would then
  // compare each of many with every order.
  await scope.tx.$queryRaw`SELECT set_config('enable_nestloop', 'off', true)`;
  const rows = await scope.tx.$queryRaw<
    {
      /** null, as are its sums, where nobody was exposed yet */
      arm: string | null;
      sums: Omit<ArmSums, 'key'> | null;
      currency: string;
      machines: number;
      capMinor: number | null;
      capped: number | null;
      assumedMinor: number | null;
    }[]
  >`
    WITH machine AS MATERIALIZED (${machines(scope, from, to)}),
    seen AS MATERIALIZED (
      SELECT e.visitor_id, e.arm, e.first_seen_at FROM exposure e
      WHERE e.shop_id = ${scope.shopId}::uuid AND e.experiment = ${exposure} AND e.first_seen_at < ${to}
    ),
    counted AS MATERIALIZED (SELECT * FROM seen WHERE visitor_id NOT IN (SELECT visitor_id FROM machine)),
    bought AS MATERIALIZED (${orderProfit(scope, new Date(from.getTime() - PAST_PROFIT_DAYS * day), to, marginBps)}),
    outcome AS MATERIALIZED (
      SELECT c.visitor_id, count(*) AS orders, sum(b.revenue) AS revenue, sum(b.profit) AS profit, sum(b.assumed) AS assumed
      FROM counted c JOIN bought b ON b.visitor_id = c.visitor_id AND b.placed_at >= c.first_seen_at
      GROUP BY c.visitor_id
    ),
    cap AS (
      SELECT ${CAP_TIMES_MEDIAN} * percentile_cont(0.5) WITHIN GROUP (ORDER BY profit::float8)::numeric AS minor
      FROM outcome WHERE profit > 0
    ),
    earlier AS (
      SELECT c.visitor_id, c.first_seen_at, b.id, b.customer_id, b.profit
      FROM counted c JOIN bought b ON b.visitor_id = c.visitor_id AND b.placed_at < c.first_seen_at
    ),
    past AS MATERIALIZED (
      SELECT visitor_id, sum(profit) AS profit FROM (
        SELECT visitor_id, id, profit FROM earlier
        UNION
        SELECT k.visitor_id, b.id, b.profit
        FROM (SELECT DISTINCT visitor_id, first_seen_at, customer_id FROM earlier WHERE customer_id IS NOT NULL) k
        JOIN bought b ON b.customer_id = k.customer_id AND b.placed_at < k.first_seen_at
      ) own GROUP BY visitor_id
    ),
    visits AS MATERIALIZED (
      SELECT c.visitor_id, count(DISTINCT (s.occurred_at AT TIME ZONE 'UTC')::date) AS days
      FROM counted c
      JOIN signal s ON s.shop_id = ${scope.shopId}::uuid AND s.visitor_id = c.visitor_id AND s.kind = 'view'
        AND s.occurred_at >= ${new Date(from.getTime() - PAST_VISIT_DAYS * day)} AND s.occurred_at < c.first_seen_at
        AND s.occurred_at >= c.first_seen_at - make_interval(days => ${PAST_VISIT_DAYS}::int)
      GROUP BY c.visitor_id
    ),
    -- Where nobody bought there is no cap; greatest and least then look at the other value alone.
    visitor AS (
      SELECT c.arm, coalesce(o.orders, 0) AS orders, coalesce(o.revenue, 0) AS revenue, coalesce(o.profit, 0) AS profit,
        coalesce(o.assumed, 0) AS assumed, cap.minor AS cap,
        greatest(-cap.minor, least(cap.minor, coalesce(o.profit, 0)))::float8 AS y,
        greatest(-cap.minor, least(cap.minor, coalesce(p.profit, 0)))::float8 AS x1,
        coalesce(v.days, 0)::float8 AS x2
      FROM counted c CROSS JOIN cap
      LEFT JOIN outcome o USING (visitor_id) LEFT JOIN past p USING (visitor_id) LEFT JOIN visits v USING (visitor_id)
    ),
    sums AS (
      SELECT arm, count(*) AS visitors, count(*) FILTER (WHERE orders > 0) AS buyers, sum(orders) AS orders,
        sum(revenue) AS revenue, sum(profit) AS profit, sum(assumed) AS assumed,
        count(*) FILTER (WHERE abs(profit) > cap) AS capped,
        sum(y) AS y, sum(y * y) AS yy, sum(x1) AS x1, sum(x2) AS x2, sum(x1 * x1) AS x1x1, sum(x1 * x2) AS x1x2,
        sum(x2 * x2) AS x2x2, sum(x1 * y) AS x1y, sum(x2 * y) AS x2y
      FROM visitor GROUP BY arm
    )
    SELECT s.currency, m.arm, m.assumed::float8 AS "assumedMinor", m.capped::float8 AS capped,
      (SELECT minor::float8 FROM cap) AS "capMinor",
      (SELECT count(*)::float8 FROM seen WHERE visitor_id IN (SELECT visitor_id FROM machine)) AS machines,
      CASE WHEN m.arm IS NOT NULL THEN jsonb_build_object(
        'visitors', m.visitors, 'buyers', m.buyers, 'orders', m.orders, 'revenueMinor', m.revenue::float8,
        'profitMinor', m.profit::float8, 'y', m.y, 'yy', m.yy, 'x1', m.x1, 'x2', m.x2, 'x1x1', m.x1x1,
        'x1x2', m.x1x2, 'x2x2', m.x2x2, 'x1y', m.x1y, 'x2y', m.x2y) END AS sums
    FROM shop s LEFT JOIN sums m ON true
    WHERE s.id = ${scope.shopId}::uuid`;
  await scope.tx.$queryRaw`SELECT set_config('enable_nestloop', 'on', true)`;
  const ofShop = rows[0];
  const arms = rows.flatMap(({ arm, sums }) => (arm === null || sums === null ? [] : [{ arm, sums }]));
  const total = (pick: (row: (typeof rows)[number]) => number | null) =>
    rows.reduce((sum, row) => sum + (pick(row) ?? 0), 0);
  const revenue = arms.reduce((sum, { sums }) => sum + sums.revenueMinor, 0);
  return {
    currency: ofShop?.currency ?? 'USD',
    arms: arms.map(({ arm, sums }) => ({ ...sums, key: arm })),
    machines: ofShop?.machines ?? 0,
    capMinor: ofShop?.capMinor ?? null,
    capped: total((row) => row.capped),
    assumedShare: revenue > 0 ? Math.min(1, total((row) => row.assumedMinor) / revenue) : 0,
  };
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
