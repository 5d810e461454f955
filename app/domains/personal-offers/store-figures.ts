import type { Participant } from '#app/domains/experiments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Gift, GrantState } from './model.ts';

/** What became of an offer so far. Amounts are minor units of the shop's currency. */
export interface OfferFigures {
  readonly offerId: string;
  readonly waiting: number;
  readonly given: number;
  readonly used: number;
  readonly heldOut: number;
  readonly skipped: number;
  /** what codes took off orders, and what those that can still be used are reckoned with */
  readonly bookedMinor: number;
  readonly reservedMinor: number;
}

/** Figures of all offers, or of one, by offer; an offer that nobody met is missing. */
export async function readOfferFigures(
  scope: ShopScope,
  now: Date,
  offerId: string | null = null,
): Promise<ReadonlyMap<string, OfferFigures>> {
  const rows = await scope.tx.$queryRaw<OfferFigures[]>`
    SELECT offer_id AS "offerId", count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
      count(*) FILTER (WHERE state = 'given')::int AS given, count(booked_minor)::int AS used,
      count(*) FILTER (WHERE state = 'held-out')::int AS "heldOut", count(*) FILTER (WHERE state = 'skipped')::int AS skipped,
      coalesce(sum(booked_minor), 0)::float8 AS "bookedMinor",
      coalesce(sum(reserved_minor) FILTER (WHERE booked_minor IS NULL AND state = 'given' AND ends_at > ${now}), 0)::float8
        AS "reservedMinor"
    FROM personal_offer_grant
    WHERE shop_id = ${scope.shopId}::uuid AND (${offerId}::uuid IS NULL OR offer_id = ${offerId}::uuid) GROUP BY 1`;
  return new Map(rows.map((row) => [row.offerId, row]));
}

/** Everybody who met an offer's trigger and was given a size of it, or nothing for the comparison, with the first of them. */
export async function readParticipants(scope: ShopScope, offerId: string, since: Date): Promise<Participant[]> {
  const rows = await scope.tx.$queryRaw<{ customerId: string; size: number; since: Date }[]>`
    SELECT DISTINCT ON (customer_id) customer_id AS "customerId", size, decided_at AS since FROM personal_offer_grant
    WHERE shop_id = ${scope.shopId}::uuid AND offer_id = ${offerId}::uuid AND size IS NOT NULL
      AND customer_id IS NOT NULL AND decided_at >= ${since}
    ORDER BY customer_id, decided_at, id`;
  return rows.map(({ size, ...row }) => ({ ...row, arm: String(size) }));
}

/** What a shop's large order costs before discounts: nine of ten of the past year's are not larger. Null before the first. */
export async function readLargeBasket(scope: ShopScope, since: Date): Promise<number | null> {
  const [row] = await scope.tx.$queryRaw<{ minor: number | null }[]>`
    SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY o.subtotal_minor)::float8 AS minor
    FROM "order" o JOIN shop s ON s.id = o.shop_id AND s.currency = o.currency
    WHERE o.shop_id = ${scope.shopId}::uuid AND o.placed_at >= ${since} AND o.cancelled_at IS NULL AND NOT o.test`;
  const minor = row?.minor ?? null;
  return minor === null ? null : Math.ceil(minor);
}

/** A row of the log: why a customer got an offer, or did not. */
export interface LogRow {
  readonly id: string;
  readonly offerId: string;
  readonly offer: string;
  readonly gift: Gift['type'];
  readonly customerId: string | null;
  readonly occurrence: string;
  /** refused: the store cannot make the code for now, see `reason` */
  readonly state: GrantState | 'refused';
  readonly reason: string | null;
  readonly size: number | null;
  readonly enteredAt: Date;
  readonly endsAt: Date | null;
  readonly bookedMinor: number | null;
}

/** The newest rows of one offer, of one customer, or of both. */
export async function readLog(
  scope: ShopScope,
  of: { readonly offerId: string | null; readonly customerId: string | null },
  limit: number,
): Promise<LogRow[]> {
  return scope.tx.$queryRaw<LogRow[]>`
    SELECT g.id, g.offer_id AS "offerId", o.title AS offer, o.terms->'gift'->>'type' AS gift,
      g.customer_id AS "customerId", g.occurrence,
      CASE WHEN c.state = 'refused' THEN c.state ELSE g.state END AS state, coalesce(c.refusal, g.reason) AS reason,
      g.size, g.entered_at AS "enteredAt", g.ends_at AS "endsAt", g.booked_minor::float8 AS "bookedMinor"
    FROM personal_offer_grant g JOIN personal_offer o ON o.shop_id = g.shop_id AND o.id = g.offer_id
    LEFT JOIN discount_code c ON c.shop_id = g.shop_id AND c.source_kind = 'personal-offer' AND c.source_id = g.id::text
      AND c.purpose = ''
    WHERE g.shop_id = ${scope.shopId}::uuid AND (${of.offerId}::uuid IS NULL OR g.offer_id = ${of.offerId}::uuid)
      AND (${of.customerId}::text IS NULL OR g.customer_id = ${of.customerId}::text)
    ORDER BY g.entered_at DESC, g.id LIMIT ${limit}`;
}
