import { Prisma } from '#app/generated/prisma/client.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ProgrammeTerms } from './model.ts';

/** A way by which an order came through an advocate. */
export interface ReferralTouch {
  readonly orderId: string;
  readonly advocateId: string;
  readonly how: 'code' | 'link' | 'visitor';
  readonly touchedAt: Date;
  readonly placedAt: Date;
}

/** Whether advocate `a` was not stopped at a moment, and is not now. */
const atWork = (moment: Prisma.Sql): Prisma.Sql => Prisma.sql`a.stopped_at IS NULL AND NOT EXISTS (
          SELECT 1 FROM jsonb_array_elements(a.pauses) pause
          WHERE ${moment} >= (pause->>0)::timestamptz AND ${moment} < (pause->>1)::timestamptz)`;

/**
 * Who brought these orders, by the codes that they carry, by what the cart says and by whose link the visitor or the
 * customer came; one statement for all. Advocates who are stopped, or were when it was ordered, bring nobody new.
 * @param linkDays how long before an order a link counts
 */
export async function findTouches(
  scope: ShopScope,
  orderIds: readonly string[],
  linkDays: number,
): Promise<ReferralTouch[]> {
  return scope.tx.$queryRaw<ReferralTouch[]>`
    WITH o AS MATERIALIZED (
      SELECT id, customer_id, visitor_id, upper(referral) AS referral, placed_at,
        ARRAY(SELECT upper(c->>'code') FROM jsonb_array_elements(discount_codes) c) AS codes
      FROM "order" WHERE shop_id = ${scope.shopId}::uuid AND id = ANY(${toArrayLiteral(orderIds)}::text[]) AND NOT test),
    named AS (
      SELECT o.id, o.placed_at, code, how FROM o CROSS JOIN LATERAL (
        SELECT unnest(o.codes) AS code, 'code' AS how
        UNION SELECT o.referral, 'link' WHERE o.referral IS NOT NULL) said),
    owners AS (
      SELECT n.id, n.placed_at, n.how, a.id AS advocate_id FROM named n
        JOIN referral_advocate a ON a.shop_id = ${scope.shopId}::uuid AND a.code = n.code AND ${atWork(Prisma.sql`n.placed_at`)}
      UNION
      SELECT n.id, n.placed_at, n.how, a.id FROM named n
        JOIN referral_old_code k ON k.shop_id = ${scope.shopId}::uuid AND k.code = n.code
        JOIN referral_advocate a ON a.shop_id = ${scope.shopId}::uuid AND a.id = k.advocate_id AND ${atWork(Prisma.sql`n.placed_at`)})
    SELECT id AS "orderId", advocate_id AS "advocateId", how, placed_at AS "touchedAt", placed_at AS "placedAt" FROM owners
    UNION
    SELECT o.id, b.advocate_id, 'visitor', b.bound_at, o.placed_at FROM o
      JOIN referral_binding b ON b.shop_id = ${scope.shopId}::uuid AND b.visitor IN (o.visitor_id, 'c:' || o.customer_id)
        AND b.bound_at <= o.placed_at AND b.bound_at > o.placed_at - make_interval(days => ${linkDays}::int)
      JOIN referral_advocate a ON a.shop_id = b.shop_id AND a.id = b.advocate_id AND ${atWork(Prisma.sql`o.placed_at`)}`;
}

/** Opens a referral for each order; one that is there keeps its terms and goes to the advocate who won the order since. */
export async function openReferrals(
  scope: ShopScope,
  won: readonly ReferralTouch[],
  terms: ProgrammeTerms,
  now: Date,
): Promise<void> {
  if (won.length === 0) return;
  const rows = [...won].sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
  await scope.tx.$executeRaw`
    INSERT INTO referral AS known (shop_id, order_id, advocate_id, how, placed_at, terms, state, due_at, check_at, updated_at)
    SELECT ${scope.shopId}::uuid, r.order_id, r.advocate_id, r.how, r.placed_at, ${JSON.stringify(terms)}::jsonb, 'new',
      r.placed_at + make_interval(days => ${terms.waitDays}::int), ${now}, ${now}
    FROM unnest(${toArrayLiteral(rows.map(({ orderId }) => orderId))}::text[],
      ${toArrayLiteral(rows.map(({ advocateId }) => advocateId))}::uuid[],
      ${toArrayLiteral(rows.map(({ how }) => how))}::text[],
      ${toArrayLiteral(rows.map(({ placedAt }) => placedAt))}::timestamptz[]) AS r(order_id, advocate_id, how, placed_at)
    ON CONFLICT (shop_id, order_id) DO UPDATE SET how = excluded.how, advocate_id = excluded.advocate_id, state = 'new',
      verdict = NULL, friend_no = NULL, check_at = excluded.check_at, version = known.version + 1
    WHERE known.advocate_id <> excluded.advocate_id AND known.posted IS NULL`;
}

/**
 * Something is known of these customers now: friends of theirs who were judged without it, or are being judged, are judged
 * again. What the merchant decided stands.
 */
export async function askUnknownAgain(scope: ShopScope, customerIds: readonly string[], now: Date): Promise<void> {
  if (customerIds.length === 0) return;
  await scope.tx.$executeRaw`
    UPDATE referral r SET verdict = NULL, friend_no = CASE WHEN r.posted IS NULL THEN NULL ELSE r.friend_no END,
      check_at = ${now}::timestamptz, version = version + 1
    FROM referral_advocate a
    WHERE a.shop_id = ${scope.shopId}::uuid AND a.customer_id = ANY(${toArrayLiteral([...new Set(customerIds)])}::text[])
      AND r.shop_id = a.shop_id AND r.advocate_id = a.id AND r.state IN ('new', 'pending', 'held') AND r.overruled IS NULL
      AND (r.verdict IS NULL OR r.verdict @> '{"reasons": [{"code": "unknown"}]}')`;
}

/** Asks for a look at the referrals of orders that changed. Returns how many there are. */
export async function noteOrdersChanged(scope: ShopScope, orderIds: readonly string[], now: Date): Promise<number> {
  return scope.tx.$executeRaw`
    UPDATE referral SET check_at = least(check_at, ${now}::timestamptz), version = version + 1
    WHERE shop_id = ${scope.shopId}::uuid AND order_id = ANY(${toArrayLiteral([...new Set(orderIds)].sort())}::text[])`;
}
