import { stillFilling } from '#app/domains/segments/index.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import type { Grant } from './model.ts';
import type { Decision, Earlier } from './rules.ts';
import { orderUndone } from './store-undone.ts';

const dayMs = 86_400_000;

/**
 * The next customers who wait for a decision on live offers, those of one offer after the other, locked until the
 * transaction ends: an order that goes meanwhile finds what was decided. An offer that is only for a segment whose customers
 * are still being looked for waits for them.
 */
export async function takeWaiting(scope: ShopScope, limit: number): Promise<Grant[]> {
  return scope.tx.$queryRaw<Grant[]>`
    SELECT g.id, g.offer_id AS "offerId", g.customer_id AS "customerId", g.product_id AS "productId"
    FROM personal_offer o JOIN personal_offer_grant g ON g.shop_id = o.shop_id AND g.offer_id = o.id
    WHERE o.shop_id = ${scope.shopId}::uuid AND o.status = 'live' AND g.state = 'waiting' AND g.customer_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM (${stillFilling(scope.shopId)}) s WHERE o.terms->'among' @> to_jsonb(s.ref))
    ORDER BY g.offer_id, g.entered_at, g.id LIMIT ${limit} FOR UPDATE OF g SKIP LOCKED`;
}

/** What these customers were given, or held out of, in the last days; what went with its order was not given. */
export async function readEarlier(
  scope: ShopScope,
  customerIds: readonly string[],
  days: number,
  now: Date,
): Promise<Earlier[]> {
  const since = new Date(now.getTime() - days * dayMs);
  return scope.tx.$queryRaw<Earlier[]>`
    SELECT customer_id AS "customerId", offer_id AS "offerId", decided_at AS at, state <> 'held-out' AS given
    FROM personal_offer_grant WHERE shop_id = ${scope.shopId}::uuid
      AND customer_id = ANY(${toArrayLiteral([...new Set(customerIds)])}::text[])
      AND state IN ('given', 'held-out', 'withdrawing', 'withdrawn') AND reason IS DISTINCT FROM ${orderUndone}
      AND decided_at > ${since}`;
}

/**
 * What of an offer's budget is gone: booked where codes were used, reserved where they still can be. What ended or was
 * taken back without an order gives its part back.
 */
export async function readTaken(
  scope: ShopScope,
  offerId: string,
  now: Date,
): Promise<{ readonly minor: number; readonly count: number }> {
  const [row] = await scope.tx.$queryRaw<{ minor: number; count: number }[]>`
    SELECT coalesce(sum(CASE WHEN booked_minor IS NOT NULL THEN booked_minor
        WHEN state = 'given' AND ends_at > ${now} THEN reserved_minor END), 0)::float8 AS minor,
      count(*) FILTER (WHERE state = 'given' OR booked_minor IS NOT NULL)::int AS count
    FROM personal_offer_grant
    WHERE shop_id = ${scope.shopId}::uuid AND offer_id = ${offerId}::uuid AND state NOT IN ('waiting', 'skipped', 'held-out')`;
  return row ?? { minor: 0, count: 0 };
}

/** Writes what was decided, in one statement. `endsAt`: when the codes really end, by grant. */
export async function saveDecisions(
  scope: ShopScope,
  decisions: readonly Decision[],
  endsAt: ReadonlyMap<string, Date | null>,
  now: Date,
): Promise<void> {
  const column = (read: (one: Decision) => string | number | Date | null) => toArrayLiteral(decisions.map(read));
  await scope.tx.$executeRaw`
    UPDATE personal_offer_grant g SET state = d.state, reason = d.reason, size = d.size, reserved_minor = d.reserved,
      ends_at = d.ends_at, decided_at = ${now}
    FROM unnest(${column(({ grant }) => grant.id)}::uuid[], ${column(({ state }) => state)}::text[],
      ${column((one) => (one.state === 'skipped' ? one.reason : null))}::text[],
      ${column((one) => (one.state === 'given' ? one.size : one.state === 'held-out' ? 0 : null))}::int[],
      ${column((one) => (one.state === 'given' ? one.reservedMinor : 0))}::bigint[],
      ${column(({ grant }) => endsAt.get(grant.id) ?? null)}::timestamptz[])
      AS d(id, state, reason, size, reserved, ends_at)
    WHERE g.shop_id = ${scope.shopId}::uuid AND g.id = d.id`;
}

/** A grant whose code was issued. */
export interface GivenGrant extends Grant {
  readonly size: number;
  readonly endsAt: Date | null;
}

/** Customers who do not know yet what they were given, by id; `after` null = from the beginning. */
export async function readUntold(scope: ShopScope, after: string | null, limit: number): Promise<GivenGrant[]> {
  return scope.tx.$queryRaw<GivenGrant[]>`
    SELECT id, offer_id AS "offerId", customer_id AS "customerId", product_id AS "productId", size, ends_at AS "endsAt"
    FROM personal_offer_grant
    WHERE shop_id = ${scope.shopId}::uuid AND state = 'given' AND told_at IS NULL AND customer_id IS NOT NULL
      AND (${after}::uuid IS NULL OR id > ${after}::uuid) ORDER BY id LIMIT ${limit}`;
}

/** What a customer was given and can still use, of offers that are shown in the store; what ends first comes first. */
export async function readOpenGrants(scope: ShopScope, customerId: string, now: Date): Promise<GivenGrant[]> {
  return scope.tx.$queryRaw<GivenGrant[]>`
    SELECT g.id, g.offer_id AS "offerId", g.customer_id AS "customerId", g.product_id AS "productId", g.size,
      g.ends_at AS "endsAt"
    FROM personal_offer_grant g JOIN personal_offer o ON o.shop_id = g.shop_id AND o.id = g.offer_id
    WHERE g.shop_id = ${scope.shopId}::uuid AND g.customer_id = ${customerId} AND g.state = 'given' AND g.booked_minor IS NULL
      AND g.ends_at > ${now} AND (o.terms->'channels'->>'store')::boolean ORDER BY g.ends_at, g.id LIMIT 20`;
}

/** Those of these grants that stand. */
export async function readGiven({ tx, shopId }: ShopScope, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.personalOfferGrant.findMany({
    where: { shopId, id: { in: [...ids] }, state: 'given' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export async function noteTold(scope: ShopScope, ids: readonly string[], now: Date): Promise<void> {
  await scope.tx.personalOfferGrant.updateMany({
    where: { shopId: scope.shopId, id: { in: [...ids] } },
    data: { toldAt: now },
  });
}

/**
 * What these orders mean for offers: the sums that their codes took off all orders that stand. May be told any number of
 * times; one statement, after codes were settled. What an order took off in another currency than the shop's counts as what
 * was reserved for the code. The parts are worked out once: before there are statistics
 * the planner takes every table for one row and would do so for each grant.
 */
export async function bookOrders(scope: ShopScope, orderIds: readonly string[]): Promise<number> {
  return scope.tx.$executeRaw`
    WITH given AS MATERIALIZED (
      SELECT DISTINCT c.source_id FROM discount_code_use u
      JOIN discount_code c ON c.shop_id = u.shop_id AND c.id = u.code_id AND c.source_kind = 'personal-offer'
      WHERE u.shop_id = ${scope.shopId}::uuid AND u.order_id = ANY(${toArrayLiteral(orderIds)}::text[])
    ), told AS MATERIALIZED (
      -- All codes that stood for each other: another order may carry another one.
      SELECT c.id, c.source_id, c.terms->>'type' = 'free-shipping' AS ships FROM given JOIN discount_code c ON c.shop_id = ${scope.shopId}::uuid
        AND c.source_kind = 'personal-offer' AND c.source_id = given.source_id
    ), sums AS MATERIALIZED (
      SELECT t.source_id, sum(u.discount_minor) FILTER (WHERE u.released_at IS NULL AND NOT t.ships AND o.currency = s.currency) AS minor,
        count(*) FILTER (WHERE u.released_at IS NULL AND (t.ships OR o.currency <> s.currency)) AS unknown,
        max(u.used_at) FILTER (WHERE u.released_at IS NULL) AS used_at,
        (array_agg(u.order_id ORDER BY u.used_at DESC) FILTER (WHERE u.released_at IS NULL))[1] AS order_id
      FROM told t JOIN discount_code_use u ON u.shop_id = ${scope.shopId}::uuid AND u.code_id = t.id
      LEFT JOIN "order" o ON o.shop_id = ${scope.shopId}::uuid AND o.id = u.order_id JOIN shop s ON s.id = ${scope.shopId}::uuid
      GROUP BY 1
    )
    UPDATE personal_offer_grant g SET used_at = s.used_at, order_id = s.order_id,
      booked_minor = CASE WHEN s.order_id IS NOT NULL THEN coalesce(s.minor, 0) + s.unknown * g.reserved_minor END
    FROM sums s WHERE g.shop_id = ${scope.shopId}::uuid AND g.id = s.source_id::uuid`;
}

/** An offer is over: those who wait for it get nothing. */
export async function skipWaiting({ tx, shopId }: ShopScope, offerId: string, now: Date): Promise<void> {
  await tx.personalOfferGrant.updateMany({
    where: { shopId, offerId, state: 'waiting' },
    data: { state: 'skipped', reason: 'over', decidedAt: now },
  });
}

/** Marks what an offer gave and nobody has used yet to be taken back. Returns how many. */
export async function beginWithdrawal({ tx, shopId }: ShopScope, offerId: string, now: Date): Promise<number> {
  const { count } = await tx.personalOfferGrant.updateMany({
    where: { shopId, offerId, state: 'given', bookedMinor: null, endsAt: { gt: now } },
    data: { state: 'withdrawing' },
  });
  return count;
}

/** The next grants to take back. */
export async function readWithdrawing({ tx, shopId }: ShopScope, limit: number): Promise<string[]> {
  const rows = await tx.personalOfferGrant.findMany({
    where: { shopId, state: 'withdrawing' },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

/** Their codes are taken back; those that an order carries already stand. */
export async function noteWithdrawn({ tx, shopId }: ShopScope, ids: readonly string[]): Promise<void> {
  const where = { shopId, id: { in: [...ids] }, state: 'withdrawing' };
  await tx.personalOfferGrant.updateMany({
    where: { ...where, bookedMinor: { not: null } },
    data: { state: 'given', reason: null },
  });
  await tx.personalOfferGrant.updateMany({ where, data: { state: 'withdrawn' } });
}

/** Shops in which somebody waits for a decision, for the news or for the end of an offer. Sees all shops: a job may be lost in any. */
export async function findShopsWithOfferWork(scope: SystemScope): Promise<ShopId[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT g.shop_id::text AS id FROM personal_offer_grant g
    JOIN personal_offer o ON o.shop_id = g.shop_id AND o.id = g.offer_id
    WHERE g.customer_id IS NOT NULL AND ((g.state = 'waiting' AND o.status = 'live')
      OR (g.state = 'given' AND g.told_at IS NULL) OR g.state = 'withdrawing')`;
  return rows.map(({ id }) => toShopId(id));
}
