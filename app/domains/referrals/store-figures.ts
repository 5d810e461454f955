import type { ShopScope } from '#app/infra/database.ts';
import type { State } from './model.ts';

export interface Funnel {
  readonly shared: number;
  readonly clicked: number;
  readonly ordered: number;
  readonly rewarded: number;
}

/** From shares to rewards since an instant. */
export async function readFunnel(scope: ShopScope, since: Date): Promise<Funnel> {
  const [row] = await scope.tx.$queryRaw<Funnel[]>`
    SELECT coalesce(d.shares, 0)::int AS shared, coalesce(d.clicks, 0)::int AS clicked, r.ordered, r.rewarded FROM
      (SELECT sum(shares) AS shares, sum(clicks) AS clicks FROM referral_day
        WHERE shop_id = ${scope.shopId}::uuid AND day >= ${since}::date) d,
      (SELECT count(*)::int AS ordered, count(*) FILTER (WHERE state = 'rewarded')::int AS rewarded FROM referral
        WHERE shop_id = ${scope.shopId}::uuid AND placed_at >= ${since}) r`;
  return row ?? { shared: 0, clicked: 0, ordered: 0, rewarded: 0 };
}

/** How many referrals are in which state, and which reasons were given, since an instant. */
export async function readOutcomes(
  scope: ShopScope,
  since: Date,
): Promise<{ states: { state: State; count: number }[]; reasons: { code: string; count: number }[] }> {
  const states = await scope.tx.$queryRaw<{ state: State; count: number }[]>`
    SELECT state, count(*)::int AS count FROM referral
    WHERE shop_id = ${scope.shopId}::uuid AND placed_at >= ${since} GROUP BY state`;
  const reasons = await scope.tx.$queryRaw<{ code: string; count: number }[]>`
    SELECT reason->>'code' AS code, count(*)::int AS count
    FROM referral CROSS JOIN LATERAL jsonb_array_elements(coalesce(verdict->'reasons', '[]'::jsonb)) reason
    WHERE shop_id = ${scope.shopId}::uuid AND placed_at >= ${since} AND reason->>'code' <> 'clean'
    GROUP BY 1 ORDER BY 2 DESC, 1`;
  return { states, reasons };
}

/** What friends bought, after refunds, in orders that count, minor units. */
export async function readSales(
  scope: ShopScope,
  currency: string,
  since: Date,
): Promise<{ orders: number; soldMinor: number }> {
  const [row] = await scope.tx.$queryRaw<{ orders: number; sold: bigint }[]>`
    SELECT count(*)::int AS orders, coalesce(sum(greatest(0, o.total_minor - o.refunded_minor)), 0)::bigint AS sold
    FROM referral r JOIN "order" o ON o.shop_id = r.shop_id AND o.id = r.order_id
    WHERE r.shop_id = ${scope.shopId}::uuid AND r.placed_at >= ${since} AND r.state IN ('pending', 'rewarded')
      AND o.currency = ${currency}`;
  return { orders: row?.orders ?? 0, soldMinor: Number(row?.sold ?? 0n) };
}

export interface AdvocateFigures {
  readonly id: string;
  readonly customerId: string | null;
  readonly code: string;
  readonly stoppedAt: Date | null;
  readonly shares: number;
  readonly clicks: number;
  readonly orders: number;
  readonly rewarded: number;
  readonly waiting: number;
}

/** Advocates with what they brought, the best first. @param only one alone */
export async function readAdvocateFigures(
  scope: ShopScope,
  limit: number,
  only: string | null = null,
): Promise<AdvocateFigures[]> {
  return scope.tx.$queryRaw<AdvocateFigures[]>`
    SELECT a.id::text AS id, a.customer_id AS "customerId", a.code, a.stopped_at AS "stoppedAt",
      coalesce(d.shares, 0)::int AS shares, coalesce(d.clicks, 0)::int AS clicks, coalesce(r.orders, 0)::int AS orders,
      coalesce(r.rewarded, 0)::int AS rewarded, coalesce(r.waiting, 0)::int AS waiting
    FROM referral_advocate a
    LEFT JOIN (SELECT advocate_id, sum(shares) AS shares, sum(clicks) AS clicks FROM referral_day
      WHERE shop_id = ${scope.shopId}::uuid GROUP BY 1) d ON d.advocate_id = a.id
    LEFT JOIN (SELECT advocate_id, count(*) AS orders, count(*) FILTER (WHERE state = 'rewarded') AS rewarded,
        count(*) FILTER (WHERE state IN ('new', 'pending', 'held')) AS waiting
      FROM referral WHERE shop_id = ${scope.shopId}::uuid GROUP BY 1) r ON r.advocate_id = a.id
    WHERE a.shop_id = ${scope.shopId}::uuid AND (${only}::uuid IS NULL OR a.id = ${only}::uuid)
    ORDER BY coalesce(r.rewarded, 0) DESC, coalesce(r.orders, 0) DESC, a.created_at, a.id LIMIT ${limit}`;
}
