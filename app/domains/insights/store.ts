import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { BundleSales, SalesDay, SalesTotals, Span, SuggestionTotals } from './model.ts';

/** A line that a widget or a bundle brought; the storefront's marks are hints, good enough for a number and for nothing else. */
const byTrellis = Prisma.sql`(l.bundle_id IS NOT NULL OR coalesce(l.source, '') <> '')`;

/**
 * What was paid for the kept units of a line: the discount is spread evenly over its units, fractions are cut off.
 * In `numeric`, because units times units times price leaves 64 bits for a large order.
 */
const lineRevenue = Prisma.sql`
  div((l.quantity * l.unit_price_minor::numeric - l.discount_minor) * greatest(l.quantity - l.refunded_quantity, 0), greatest(l.quantity, 1))`;

const counts = Prisma.sql`o.cancelled_at IS NULL AND NOT o.test`;

/** The last `days` days until `now` in the shop's time zone, from a local midnight; days of 23 and 25 hours included. */
export async function readSpan(scope: ShopScope, days: number, now: Date): Promise<Span> {
  const [row] = await scope.tx.$queryRaw<{ from: Date; timeZone: string; currency: string }[]>`
    SELECT (date_trunc('day', ${now}::timestamptz AT TIME ZONE time_zone) - make_interval(days => ${days - 1}::int)) AT TIME ZONE time_zone AS "from",
           time_zone AS "timeZone", currency
    FROM shop WHERE id = ${scope.shopId}::uuid`;
  if (!row) throw new Error('the shop is gone');
  return { ...row, to: now };
}

/** One row for every day of the span, also for those without an order, oldest first. */
export async function readSalesByDay(scope: ShopScope, span: Span): Promise<SalesDay[]> {
  const rows = await scope.tx.$queryRaw<
    { day: string; orders: number; revenue: number; ours: number; oursRevenue: number }[]
  >`
    WITH placed AS (
      SELECT (o.placed_at AT TIME ZONE ${span.timeZone})::date AS day, o.total_minor - o.refunded_minor AS revenue,
        (SELECT sum(${lineRevenue}) FROM order_line l WHERE l.shop_id = o.shop_id AND l.order_id = o.id AND ${byTrellis}) AS ours
      FROM "order" o
      WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at >= ${span.from} AND o.placed_at < ${span.to}
        AND ${counts} AND o.currency = ${span.currency}
    )
    SELECT to_char(d.day, 'YYYY-MM-DD') AS day, count(p.day)::float8 AS orders, coalesce(sum(p.revenue), 0)::float8 AS revenue,
      count(p.ours)::float8 AS ours, coalesce(sum(p.ours), 0)::float8 AS "oursRevenue"
    FROM generate_series((${span.from}::timestamptz AT TIME ZONE ${span.timeZone})::date::timestamp,
                         (${span.to}::timestamptz AT TIME ZONE ${span.timeZone})::date::timestamp, interval '1 day') AS d(day)
    LEFT JOIN placed p ON p.day = d.day::date
    GROUP BY d.day ORDER BY d.day`;
  return rows.map((row) => ({ day: row.day, ...toTotals(row.orders, row.revenue, row.ours, row.oursRevenue) }));
}

/** Sums of days. */
export function sumDays(days: readonly SalesTotals[]): SalesTotals {
  const sum = (pick: (day: SalesTotals) => number) => days.reduce((total, day) => total + pick(day), 0);
  return toTotals(
    sum((day) => day.orders),
    sum((day) => day.revenueMinor),
    sum((day) => day.trellisOrders),
    sum((day) => day.trellisRevenueMinor),
  );
}

function toTotals(
  orders: number,
  revenueMinor: number,
  trellisOrders: number,
  trellisRevenueMinor: number,
): SalesTotals {
  const average = orders === 0 ? null : Math.sign(revenueMinor) * Math.round(Math.abs(revenueMinor) / orders);
  return { orders, revenueMinor, averageOrderMinor: average, trellisOrders, trellisRevenueMinor };
}

/** The bundles that were bought in the span, best first; a deleted bundle keeps its title. */
export async function readBundleSales(scope: ShopScope, span: Span): Promise<BundleSales[]> {
  return scope.tx.$queryRaw<BundleSales[]>`
    SELECT l.bundle_id::text AS "bundleId", b.title, count(DISTINCT o.id)::float8 AS orders, sum(${lineRevenue})::float8 AS "revenueMinor"
    FROM "order" o
    JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
    JOIN bundle b ON b.shop_id = l.shop_id AND b.id = l.bundle_id
    WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at >= ${span.from} AND o.placed_at < ${span.to}
      AND ${counts} AND o.currency = ${span.currency} AND l.quantity > l.refunded_quantity
    GROUP BY l.bundle_id, b.title ORDER BY "revenueMinor" DESC, b.title`;
}

/** Who is shown or clicks more than this on one day is a machine, and counts nothing on that day. */
const mostADay = 1_000;

export async function readSuggestionTotals(scope: ShopScope, span: Span): Promise<SuggestionTotals> {
  const [row] = await scope.tx.$queryRaw<SuggestionTotals[]>`
    WITH told AS MATERIALIZED (
      SELECT kind, sum(times) AS times FROM (
        SELECT s.kind, count(*) AS times FROM signal s
        WHERE s.shop_id = ${scope.shopId}::uuid AND s.kind IN ('impression', 'click')
          AND s.occurred_at >= ${span.from} AND s.occurred_at < ${span.to}
        GROUP BY s.kind, s.visitor_id, date_trunc('day', s.occurred_at AT TIME ZONE 'UTC')
        HAVING count(*) <= ${mostADay}::int
      ) by_visitor GROUP BY kind
    )
    SELECT
      coalesce((SELECT times FROM told WHERE kind = 'impression'), 0)::float8 AS impressions,
      coalesce((SELECT times FROM told WHERE kind = 'click'), 0)::float8 AS clicks,
      (SELECT count(*) FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
        WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at >= ${span.from} AND o.placed_at < ${span.to} AND ${counts}
          AND coalesce(l.source, '') NOT IN ('', 'bundle') AND l.quantity > l.refunded_quantity)::float8 AS bought`;
  return row ?? { impressions: 0, clicks: 0, bought: 0 };
}
