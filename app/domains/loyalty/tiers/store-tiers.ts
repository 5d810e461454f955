import { Prisma } from '#app/generated/prisma/client.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ProgrammeSettings, TierRules } from '../model.ts';
import { keptLines, type MirroredLine, type MirroredSums } from '../points-of-order.ts';
import type { Span, TierState } from './rules.ts';
import { spentOf } from './spent.ts';

/** What counts for a tier: over which time, in points or in money. */
export interface FigureAsk {
  readonly customerId: string;
  readonly measure: TierRules['measure'];
  readonly since: Date;
  /** null = until now */
  readonly until: Date | null;
  readonly settings: Pick<ProgrammeSettings, 'currency' | 'rates'>;
}

export interface Figure {
  /** points or minor units */
  readonly figure: number;
  /** the latest order that counts; null = none does */
  readonly lastOrderAt: Date | null;
}

const noFigure: Figure = { figure: 0, lastOrderAt: null };

/**
 * What counts for tiers by what stands now, one row for each that is asked for: points that orders and activities gave, or
 * goods of orders as they count for points. Points for reaching a tier do not count.
 */
export async function readFigures(scope: ShopScope, asked: readonly FigureAsk[]): Promise<Figure[]> {
  const points = asked.filter(({ measure }) => measure === 'points');
  const spend = asked.filter(({ measure }) => measure === 'spend');
  const found = new Map<FigureAsk, Figure>();
  const keep = (asks: readonly FigureAsk[], figures: readonly Figure[]): void => {
    asks.forEach((ask, at) => found.set(ask, figures[at] ?? noFigure));
  };
  if (points.length > 0) keep(points, await readPoints(scope, points));
  if (spend.length > 0) keep(spend, await readSpent(scope, spend));
  return asked.map((ask) => found.get(ask) ?? noFigure);
}

/** The best figure of several times, for each that is asked for. */
export async function readBestFigures(
  scope: ShopScope,
  asked: readonly (Omit<FigureAsk, 'since' | 'until'> & { readonly spans: readonly Span[] })[],
): Promise<Figure[]> {
  const each = asked.flatMap(({ spans, ...ask }, of) => spans.map((span) => ({ of, ask: { ...ask, ...span } })));
  const figures = await readFigures(
    scope,
    each.map(({ ask }) => ask),
  );
  const best = asked.map(() => noFigure);
  each.forEach(({ of }, at) => {
    const one = figures[at] ?? noFigure;
    if (one.figure >= (best[of] ?? noFigure).figure) best[of] = one;
  });
  return best;
}

const asking = (asked: readonly FigureAsk[]) => {
  const column = (read: (ask: FigureAsk) => string | Date | null) => toArrayLiteral(asked.map(read));
  return Prisma.sql`unnest(${column(({ customerId }) => customerId)}::text[], ${column(({ since }) => since)}::timestamptz[],
    ${column(({ until }) => until)}::timestamptz[]) WITH ORDINALITY AS q(customer_id, since, until, n)`;
};

async function readPoints({ shopId, tx }: ShopScope, asked: readonly FigureAsk[]): Promise<Figure[]> {
  return tx.$queryRaw<Figure[]>`
    SELECT f.figure, f.last_at AS "lastOrderAt" FROM ${asking(asked)}
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(amount), 0)::float8 AS figure, max(ordered_at) AS last_at FROM (
        SELECT points AS amount, placed_at AS ordered_at FROM loyalty_order
        WHERE shop_id = ${shopId}::uuid AND customer_id = q.customer_id AND points > 0
          AND placed_at >= q.since AND (q.until IS NULL OR placed_at <= q.until)
        UNION ALL
        SELECT points, NULL FROM loyalty_activity
        WHERE shop_id = ${shopId}::uuid AND customer_id = q.customer_id AND kind <> 'tier'
          AND taken_back_at IS NULL AND at >= q.since AND (q.until IS NULL OR at <= q.until)
      ) counted) f
    ORDER BY q.n`;
}

interface SpentRow extends Omit<MirroredSums, 'cancelled'> {
  /** of the one who asks, from 1 */
  readonly n: number;
  readonly placedAt: Date;
  readonly currency: string;
  readonly lines: readonly Pick<
    MirroredLine,
    'quantity' | 'refundedQuantity' | 'unitPriceMinor' | 'discountMinor' | 'giftCard'
  >[];
}

async function readSpent({ shopId, tx }: ShopScope, asked: readonly FigureAsk[]): Promise<Figure[]> {
  const rows = await tx.$queryRaw<SpentRow[]>`
    SELECT q.n::int AS n, o.placed_at AS "placedAt", o.currency, o.total_minor::float8 AS "totalMinor",
      o.refunded_minor::float8 AS "refundedMinor", o.goodwill_minor::float8 AS "goodwillMinor", b.lines
    FROM ${asking(asked)}
    JOIN "order" o ON o.shop_id = ${shopId}::uuid AND o.customer_id = q.customer_id AND o.placed_at >= q.since
      AND (q.until IS NULL OR o.placed_at <= q.until) AND o.cancelled_at IS NULL AND NOT o.test
    CROSS JOIN LATERAL (
      SELECT coalesce(json_agg(json_build_object(
        'quantity', l.quantity, 'refundedQuantity', l.refunded_quantity, 'unitPriceMinor', l.unit_price_minor,
        'discountMinor', l.discount_minor, 'giftCard', coalesce(p.gift_card, false)) ORDER BY l.id), '[]') AS lines
      FROM order_line l LEFT JOIN product p ON p.shop_id = l.shop_id AND p.id = l.product_id
      WHERE l.shop_id = o.shop_id AND l.order_id = o.id
    ) b`;
  const spent = asked.map(() => noFigure);
  for (const { n, placedAt, currency, lines, ...sums } of rows) {
    const settings = asked[n - 1]?.settings;
    const kept = keptLines(
      { ...sums, cancelled: false },
      lines.map((line) => ({ ...line, productId: null, collectionIds: [], subscription: false })),
    );
    const minor = kept && settings ? spentOf(kept, currency, settings) : 0;
    if (minor === 0) continue;
    const { figure, lastOrderAt } = spent[n - 1] ?? noFigure;
    const latest = lastOrderAt !== null && lastOrderAt > placedAt ? lastOrderAt : placedAt;
    spent[n - 1] = { figure: figure + minor, lastOrderAt: latest };
  }
  return spent;
}

export interface MemberTier extends TierState, Figure {
  readonly customerId: string;
  /** the figure at the last look */
  readonly known: number;
}

/** Members with their tier and what counts for it. */
export async function readMemberTiers(
  scope: ShopScope,
  customerIds: readonly string[],
  period: Pick<FigureAsk, 'measure' | 'settings'> & { readonly spans: readonly Span[] },
): Promise<MemberTier[]> {
  const rows = await scope.tx.loyaltyMember.findMany({
    where: { shopId: scope.shopId, customerId: { in: [...customerIds] } },
    select: { customerId: true, tier: true, tierSince: true, tierBelowSince: true, tierFigure: true },
    orderBy: { customerId: 'asc' },
  });
  const figures = await readBestFigures(
    scope,
    rows.map(({ customerId }) => ({ ...period, customerId })),
  );
  return rows.map(({ customerId, tier, tierSince, tierBelowSince, tierFigure }, at) => ({
    customerId,
    tier,
    since: tierSince,
    belowSince: tierBelowSince,
    known: Number(tierFigure),
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

/** Notes what counts for the tiers of members now, of those for whom it is something else than at the last look. */
export async function noteFigures({ tx, shopId }: ShopScope, members: readonly MemberTier[]): Promise<void> {
  const changed = members.filter(({ figure, known }) => figure !== known);
  if (changed.length === 0) return;
  const column = (read: (member: MemberTier) => string | number) => toArrayLiteral(changed.map(read));
  await tx.$executeRaw`
    UPDATE loyalty_member m SET tier_figure = t.figure
    FROM unnest(${column(({ customerId }) => customerId)}::text[], ${column(({ figure }) => Math.round(figure))}::bigint[])
      AS t(customer_id, figure)
    WHERE m.shop_id = ${shopId}::uuid AND m.customer_id = t.customer_id`;
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
