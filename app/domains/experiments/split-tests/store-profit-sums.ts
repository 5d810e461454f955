import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { taxOfShop } from '#app/infra/tax-of-shop.ts';
import type { ArmSums, TestSums } from './model.ts';

/** What one visitor counts at most, in times of the usual (median) profit of a buying visitor of all arms. */
export const CAP_TIMES_MEDIAN = 10;
/** How far back a visitor's past is looked at. */
export const PAST_PROFIT_DAYS = 365;

/**
 * Goods and profit of each order from `from` until `to`, in the shop's currency. Goods are what the lines were
 * sold for after discounts; what came back counts by the returned units or, where more money went back than that,
 * by the money. Cost is the variant's unit cost for the units that stayed with the buyer; where it is unknown the
 * margin `marginBps` of the price without tax is assumed. A parcel is taken to cost the merchant what it costs the
 * shopper, so that shipping is no profit, and what our goals and codes took off it is a loss, whatever came back. Tax is
 * no profit either, nor is the tax that the shop's prices are taken to contain. Cancelled and test orders and other currencies count nothing.
 */
export const orderProfit = (scope: ShopScope, from: Date, to: Date, marginBps: number) => Prisma.sql`
  SELECT o.id, o.visitor_id, o.customer_id, o.placed_at, g.revenue, least(g.assumed, g.revenue) AS assumed,
    (g.revenue - g.assumed * (1 - ${marginBps}::numeric / 10000) - coalesce(o.shipping_gift_minor, 0)) / taxed.factor - g.cost AS profit
  FROM "order" o
  JOIN shop s ON s.id = o.shop_id
  CROSS JOIN LATERAL (SELECT 1 + ${Prisma.raw(taxOfShop('s'))}::numeric / 10000 AS factor) taxed
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

/** A row of what `armSums` selects. */
export interface SumRow {
  /** null, as are its sums, where nobody was exposed yet */
  arm: string | null;
  sums: Omit<ArmSums, 'key'> | null;
  currency: string;
  machines: number;
  capMinor: number | null;
  capped: number | null;
  assumedMinor: number | null;
}

/**
 * The end of a query that adds up a test: one row an arm. It reads `counted` (visitor_id, arm, first_seen_at), `outcome`
 * (visitor_id and what they bought since), `past` (visitor_id, profit before), `visits` (visitor_id, days), and `seen` and
 * `machine` for who was left out.
 */
export const armSums = (scope: ShopScope) => Prisma.sql`
    cap AS (
      SELECT ${CAP_TIMES_MEDIAN} * percentile_cont(0.5) WITHIN GROUP (ORDER BY profit::float8)::numeric AS minor
      FROM outcome WHERE profit > 0
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

/** The rows of `armSums` as what is read. */
export function toTestSums(rows: readonly SumRow[]): TestSums {
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
