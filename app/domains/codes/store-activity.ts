import type { ShopScope } from '#app/infra/database.ts';

/** Codes of ours that orders of one day carry. */
export interface CodeDay {
  /** YYYY-MM-DD in the shop's zone */
  readonly day: string;
  readonly used: number;
  /** took less off than they say, so that the margin was left */
  readonly reduced: number;
  /** what they took off less than they say, shop currency, minor units */
  readonly keptMinor: number;
}

/**
 * Days since `since` on which orders carried codes of ours, the latest first. What a code says is worked out from the
 * order's lines as the checkout does it; orders in other currencies than the shop's are never counted as reduced.
 */
export async function readCodeDays(
  { tx, shopId }: ShopScope,
  { since, timeZone, currency }: { readonly since: Date; readonly timeZone: string; readonly currency: string },
): Promise<CodeDay[]> {
  const rows = await tx.$queryRaw<{ day: string; used: number; reduced: number; kept: bigint }[]>`
    WITH carried AS (
      SELECT u.used_at, u.discount_minor AS taken, meant.lines, CASE
        WHEN o.currency <> ${currency} THEN 0
        WHEN c.terms->>'type' = 'percentage' THEN round(meant.base * (c.terms->>'basisPoints')::numeric / 10000)
        WHEN c.terms->>'type' = 'amount' THEN least(meant.base, (c.terms->>'minor')::numeric)
        WHEN c.terms->>'type' = 'free-product' THEN meant.cheapest
        ELSE 0 END AS says
      FROM discount_code_use u
      JOIN discount_code c ON c.shop_id = ${shopId}::uuid AND c.id = u.code_id
      JOIN "order" o ON o.shop_id = ${shopId}::uuid AND o.id = u.order_id
      CROSS JOIN LATERAL (
        SELECT count(*) AS lines, coalesce(sum(l.unit_price_minor * l.quantity), 0) AS base,
          coalesce(min(l.unit_price_minor), 0) AS cheapest
        FROM order_line l LEFT JOIN product p ON p.shop_id = ${shopId}::uuid AND p.id = l.product_id
        WHERE l.shop_id = ${shopId}::uuid AND l.order_id = u.order_id AND l.quantity > 0 AND l.unit_price_minor > 0
          AND NOT l.selling_plan AND NOT coalesce(p.gift_card, false)
          AND (c.terms->>'productIds' IS NULL OR c.terms->'productIds' ? l.product_id)
          AND (c.terms->>'productId' IS NULL OR c.terms->>'productId' = l.product_id)
          AND (c.terms->>'variantId' IS NULL OR c.terms->>'variantId' = l.variant_id)
      ) AS meant
      WHERE u.shop_id = ${shopId}::uuid AND u.used_at >= ${since} AND u.released_at IS NULL
    )
    SELECT to_char(used_at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, count(*)::int AS used,
      -- Stores round each line for itself.
      (count(*) FILTER (WHERE says - taken > lines))::int AS reduced,
      coalesce(sum(says - taken) FILTER (WHERE says - taken > lines), 0)::bigint AS kept
    FROM carried GROUP BY 1 ORDER BY 1 DESC`;
  return rows.map(({ kept, ...row }) => ({ ...row, keptMinor: Number(kept) }));
}

/** What a store did not make or give, the newest first. */
export interface StoreRefusal {
  readonly id: string;
  readonly what: 'code' | 'gift-card' | 'store-credit';
  /** a code's offer; null for a gift */
  readonly title: string | null;
  /** of a gift, minor units of `currency` */
  readonly amountMinor: number | null;
  readonly currency: string | null;
  /** nobody knows whether it was given */
  readonly unsure: boolean;
  readonly reason: string;
  readonly at: Date;
}

/** Codes and gifts that the store refused, at most `limit` of each. */
export async function readRefusals({ tx, shopId }: ShopScope, limit: number): Promise<StoreRefusal[]> {
  const [gifts, codes] = await Promise.all([
    tx.storeGift.findMany({
      where: { shopId, state: { in: ['refused', 'unsure'] } },
      orderBy: { id: 'desc' },
      take: limit,
    }),
    tx.discountCode.findMany({ where: { shopId, state: 'refused' }, orderBy: { id: 'desc' }, take: limit }),
  ]);
  return [
    ...gifts.map(({ id, kind, amountMinor, currency, state, refusal, issuedAt }): StoreRefusal => ({
      id: `gift-${String(id)}`,
      what: kind === 'gift-card' ? 'gift-card' : 'store-credit',
      ...{ title: null, amountMinor: Number(amountMinor), currency, unsure: state === 'unsure' },
      ...{ reason: refusal ?? '', at: issuedAt },
    })),
    ...codes.map(({ id, title, refusal, issuedAt }): StoreRefusal => ({
      id: `code-${String(id)}`,
      what: 'code',
      ...{ title, amountMinor: null, currency: null, unsure: false, reason: refusal ?? '', at: issuedAt },
    })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
}
