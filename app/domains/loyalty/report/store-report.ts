import type { ShopScope } from '#app/infra/database.ts';
import { rewardCodes } from '../rewards/issue-reward.ts';

/** Customers with an order since a moment, `limit` at most, following `after` ('' at the start). */
export async function readBuyerIdsAfter(
  scope: ShopScope,
  since: Date,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT customer_id AS id FROM "order"
    WHERE shop_id = ${scope.shopId}::uuid AND customer_id > ${after} AND placed_at >= ${since} AND NOT test
    ORDER BY 1 LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** Which of these customers have told their birthday. */
export async function readBirthdaysTold(
  { shopId, tx }: ShopScope,
  customerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.loyaltyMember.findMany({
    where: { shopId, customerId: { in: [...customerIds] }, birthdayHash: { not: null } },
    select: { customerId: true },
  });
  return new Set(rows.map(({ customerId }) => customerId));
}

export async function countBuyers(scope: ShopScope, since: Date): Promise<number> {
  const [row] = await scope.tx.$queryRaw<{ buyers: number }[]>`
    SELECT count(DISTINCT customer_id)::int AS buyers FROM "order"
    WHERE shop_id = ${scope.shopId}::uuid AND placed_at >= ${since} AND NOT test`;
  return row?.buyers ?? 0;
}

/** The usual order of a time, minor units of the shop's currency; null without one. */
export async function readAverageOrder(scope: ShopScope, since: Date, until: Date): Promise<number | null> {
  const [row] = await scope.tx.$queryRaw<{ average: number | null }[]>`
    SELECT round(avg(o.total_minor - o.refunded_minor))::float8 AS average FROM "order" o
    JOIN shop s ON s.id = o.shop_id
    WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at >= ${since} AND o.placed_at <= ${until}
      AND NOT o.test AND o.cancelled_at IS NULL
      AND o.currency = s.currency`;
  return row?.average ?? null;
}

/** The lowest price of each of these products, minor units. */
export async function readPrices(scope: ShopScope, productIds: readonly string[]): Promise<Map<string, number>> {
  if (productIds.length === 0) return new Map();
  const rows = await scope.tx.variant.groupBy({
    by: ['productId'],
    where: { shopId: scope.shopId, productId: { in: [...productIds] } },
    _min: { priceMinor: true },
  });
  return new Map(
    rows.flatMap(({ productId, _min }) => (_min.priceMinor === null ? [] : [[productId, Number(_min.priceMinor)]])),
  );
}

export interface OpenReward {
  readonly rewardId: string;
  readonly version: number;
  readonly title: string;
  readonly codes: number;
}

/**
 * Codes that were given for points and that nobody had used, or lost, at a moment. Gift cards and credit are not among them:
 * they stand in the store's own books.
 */
export async function readOpenRewards({ shopId, tx }: ShopScope, at: Date): Promise<OpenReward[]> {
  return tx.$queryRaw<OpenReward[]>`
    SELECT r.reward_id AS "rewardId", r.version, max(r.title) AS title, count(*)::int AS codes
    FROM loyalty_redemption r
    JOIN discount_code c ON c.shop_id = r.shop_id AND c.source_kind = ${rewardCodes} AND c.source_id = r.id::text
      AND c.purpose = ''
    WHERE r.shop_id = ${shopId}::uuid AND r.created_at <= ${at} AND (r.cancelled_at IS NULL OR r.cancelled_at > ${at})
      AND c.state <> 'refused' AND (c.state <> 'withdrawn' OR r.cancelled_at > ${at})
      AND (c.state <> 'used' OR c.used_at > ${at}) AND (c.ends_at IS NULL OR c.ends_at > ${at})
    GROUP BY 1, 2 ORDER BY 1, 2`;
}

export interface MonthFigures {
  /** YYYY-MM in the shop's zone */
  readonly month: string;
  readonly earned: number;
  readonly redeemed: number;
}

/** Points that orders and activities gave and that rewards took, for each month since one. */
export async function readMonths(scope: ShopScope, since: Date, now: Date): Promise<MonthFigures[]> {
  const { shopId, tx } = scope;
  return tx.$queryRaw<MonthFigures[]>`
    WITH zone AS (SELECT time_zone AS tz FROM shop WHERE id = ${shopId}::uuid),
    moved AS (
      SELECT placed_at AS at, points AS earned, 0 AS redeemed FROM loyalty_order WHERE shop_id = ${shopId}::uuid AND placed_at >= ${since}
      UNION ALL SELECT at, points, 0 FROM loyalty_activity
        WHERE shop_id = ${shopId}::uuid AND at >= ${since} AND taken_back_at IS NULL
      UNION ALL SELECT created_at, 0, points FROM loyalty_redemption
        WHERE shop_id = ${shopId}::uuid AND created_at >= ${since} AND cancelled_at IS NULL
    )
    SELECT to_char(m.month, 'YYYY-MM') AS month, coalesce(sum(moved.earned), 0)::float8 AS earned,
      coalesce(sum(moved.redeemed), 0)::float8 AS redeemed
    FROM zone, generate_series(date_trunc('month', ${since}::timestamptz AT TIME ZONE tz), date_trunc('month', ${now}::timestamptz AT TIME ZONE tz), interval '1 month') AS m(month)
    LEFT JOIN moved ON date_trunc('month', moved.at AT TIME ZONE (SELECT tz FROM zone)) = m.month
    GROUP BY m.month ORDER BY m.month`;
}

export interface MemberFigures {
  readonly members: number;
  /** by the tier's id; '' = none */
  readonly tiers: Readonly<Record<string, number>>;
  /** who has redeemed at least once */
  readonly redeemers: number;
}

export async function readMemberFigures(scope: ShopScope): Promise<MemberFigures> {
  const { shopId, tx } = scope;
  const tiers = await tx.loyaltyMember.groupBy({ by: ['tier'], where: { shopId }, _count: true });
  const [row] = await tx.$queryRaw<{ redeemers: number }[]>`
    SELECT count(DISTINCT customer_id)::int AS redeemers FROM loyalty_redemption
    WHERE shop_id = ${shopId}::uuid AND cancelled_at IS NULL`;
  return {
    members: tiers.reduce((sum, { _count }) => sum + _count, 0),
    tiers: Object.fromEntries(tiers.map(({ tier, _count }) => [tier, _count])),
    redeemers: row?.redeemers ?? 0,
  };
}
