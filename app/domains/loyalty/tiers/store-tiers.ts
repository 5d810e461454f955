import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { TierRules } from '../model.ts';
import type { TierState } from './rules.ts';

export interface MemberTier extends TierState {
  readonly customerId: string;
  /** points or minor units of the period */
  readonly figure: number;
}

/**
 * Members with their tier and what counts for it since a moment: points that orders and activities gave, or money of
 * orders in the programme's currency, refunds taken off.
 */
export async function readMemberTiers(
  scope: ShopScope,
  customerIds: readonly string[],
  {
    measure,
    since,
    currency,
  }: { readonly measure: TierRules['measure']; readonly since: Date; readonly currency: string },
): Promise<MemberTier[]> {
  const { shopId, tx } = scope;
  const ids = [...customerIds];
  const read = (figures: Promise<{ id: string; figure: number }[]>) => figures;
  const figures = await read(
    measure === 'points'
      ? tx.$queryRaw`
          SELECT customer_id AS id, sum(points)::float8 AS figure FROM (
            SELECT customer_id, points FROM loyalty_order
            WHERE shop_id = ${shopId}::uuid AND customer_id = ANY(${ids}::text[]) AND placed_at >= ${since}
            UNION ALL
            SELECT customer_id, points FROM loyalty_activity
            WHERE shop_id = ${shopId}::uuid AND customer_id = ANY(${ids}::text[]) AND at >= ${since} AND kind <> 'tier'
          ) given GROUP BY customer_id`
      : tx.$queryRaw`
          SELECT customer_id AS id, sum(greatest(0, total_minor - refunded_minor))::float8 AS figure FROM "order"
          WHERE shop_id = ${shopId}::uuid AND customer_id = ANY(${ids}::text[]) AND placed_at >= ${since}
            AND currency = ${currency} AND cancelled_at IS NULL AND NOT test
          GROUP BY customer_id`,
  );
  const byId = new Map(figures.map(({ id, figure }) => [id, figure]));
  const rows = await tx.loyaltyMember.findMany({
    where: { shopId, customerId: { in: ids } },
    select: { customerId: true, tier: true, tierSince: true, tierBelowSince: true },
    orderBy: { customerId: 'asc' },
  });
  return rows.map(({ customerId, tier, tierSince, tierBelowSince }) => ({
    customerId,
    tier,
    since: tierSince,
    belowSince: tierBelowSince,
    figure: byId.get(customerId) ?? 0,
  }));
}

/** Changes of tier since a moment, of members who are still in the tier that they came into; 5,000 at most. */
export async function readTierChanges(
  { tx, shopId }: ShopScope,
  since: Date,
): Promise<{ id: bigint; customerId: string; fromTier: string; toTier: string }[]> {
  return tx.$queryRaw`
    SELECT c.id, c.customer_id AS "customerId", c.from_tier AS "fromTier", c.to_tier AS "toTier"
    FROM loyalty_tier_change c
    JOIN loyalty_member m ON m.shop_id = c.shop_id AND m.customer_id = c.customer_id AND m.tier = c.to_tier
    WHERE c.shop_id = ${shopId}::uuid AND c.at >= ${since} AND c.to_tier <> ''
    ORDER BY c.id DESC LIMIT 5000`;
}

export interface TierMove extends TierState {
  readonly customerId: string;
  readonly from: string;
}

/** Keeps the tiers of members, and notes who came into another one. */
export async function saveTiers(scope: ShopScope, moves: readonly TierMove[], now: Date): Promise<void> {
  if (moves.length === 0) return;
  const { shopId, tx } = scope;
  const column = (read: (move: TierMove) => string | Date | null) => toArrayLiteral(moves.map(read));
  await tx.$executeRaw`
    UPDATE loyalty_member m SET tier = t.tier, tier_since = t.since, tier_below_since = t.below_since
    FROM unnest(
      ${column(({ customerId }) => customerId)}::text[], ${column(({ tier }) => tier)}::text[],
      ${column(({ since }) => since)}::timestamptz[], ${column(({ belowSince }) => belowSince)}::timestamptz[]
    ) AS t(customer_id, tier, since, below_since)
    WHERE m.shop_id = ${shopId}::uuid AND m.customer_id = t.customer_id`;
  await tx.loyaltyTierChange.createMany({
    data: moves
      .filter(({ from, tier }) => from !== tier)
      .map(({ customerId, from, tier }) => ({ shopId, customerId, fromTier: from, toTier: tier, at: now })),
  });
}
