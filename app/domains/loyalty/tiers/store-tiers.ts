import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { TierRules } from '../model.ts';
import type { TierState } from './rules.ts';

/** What counts for a tier: over which time, in points or in money of which currency. */
export interface FigureAsk {
  readonly customerId: string;
  readonly measure: TierRules['measure'];
  readonly since: Date;
  /** null = until now */
  readonly until: Date | null;
  readonly currency: string;
}

export interface Figure {
  /** points or minor units */
  readonly figure: number;
  /** the latest order that counts; null = none does */
  readonly lastOrderAt: Date | null;
}

/**
 * What counts for tiers by what stands now, one row for each that is asked for: points that orders and activities gave, or
 * money of orders, refunds taken off. Points for reaching a tier do not count.
 */
export async function readFigures(scope: ShopScope, asked: readonly FigureAsk[]): Promise<Figure[]> {
  if (asked.length === 0) return [];
  const { shopId, tx } = scope;
  const column = (read: (ask: FigureAsk) => string | Date | null) => toArrayLiteral(asked.map(read));
  return tx.$queryRaw<Figure[]>`
    SELECT f.figure, f.last_at AS "lastOrderAt"
    FROM unnest(${column(({ customerId }) => customerId)}::text[], ${column(({ measure }) => measure)}::text[],
      ${column(({ since }) => since)}::timestamptz[], ${column(({ until }) => until)}::timestamptz[],
      ${column(({ currency }) => currency)}::text[]) WITH ORDINALITY AS q(customer_id, measure, since, until, currency, n)
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(amount), 0)::float8 AS figure, max(ordered_at) AS last_at FROM (
        SELECT points AS amount, placed_at AS ordered_at FROM loyalty_order
        WHERE q.measure = 'points' AND shop_id = ${shopId}::uuid AND customer_id = q.customer_id AND points > 0
          AND placed_at >= q.since AND (q.until IS NULL OR placed_at <= q.until)
        UNION ALL
        SELECT points, NULL FROM loyalty_activity
        WHERE q.measure = 'points' AND shop_id = ${shopId}::uuid AND customer_id = q.customer_id AND kind <> 'tier'
          AND taken_back_at IS NULL AND at >= q.since AND (q.until IS NULL OR at <= q.until)
        UNION ALL
        SELECT greatest(0, total_minor - refunded_minor), placed_at FROM "order"
        WHERE q.measure = 'spend' AND shop_id = ${shopId}::uuid AND customer_id = q.customer_id
          AND placed_at >= q.since AND (q.until IS NULL OR placed_at <= q.until)
          AND currency = q.currency AND cancelled_at IS NULL AND NOT test
      ) counted) f
    ORDER BY q.n`;
}

export interface MemberTier extends TierState, Figure {
  readonly customerId: string;
}

/** Members with their tier and what counts for it since a moment. */
export async function readMemberTiers(
  scope: ShopScope,
  customerIds: readonly string[],
  period: Pick<FigureAsk, 'measure' | 'since' | 'currency'>,
): Promise<MemberTier[]> {
  const rows = await scope.tx.loyaltyMember.findMany({
    where: { shopId: scope.shopId, customerId: { in: [...customerIds] } },
    select: { customerId: true, tier: true, tierSince: true, tierBelowSince: true },
    orderBy: { customerId: 'asc' },
  });
  const figures = await readFigures(
    scope,
    rows.map(({ customerId }) => ({ ...period, customerId, until: null })),
  );
  return rows.map(({ customerId, tier, tierSince, tierBelowSince }, at) => ({
    customerId,
    tier,
    since: tierSince,
    belowSince: tierBelowSince,
    ...(figures[at] ?? { figure: 0, lastOrderAt: null }),
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
