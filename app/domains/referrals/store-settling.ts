import { Prisma } from '#app/generated/prisma/client.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import {
  type Decision,
  type Posted,
  postedSchema,
  programmeTerms,
  type ProgrammeTerms,
  type State,
  type Verdict,
  verdictSchema,
} from './model.ts';
import type { OrderNow } from './rules.ts';
import { goodsOf, keptOf, type KeptRow } from './store-kept.ts';

/** A referral with its order and its advocate, locked for whoever settles it. */
export interface Due {
  readonly orderId: string;
  readonly advocateId: string;
  /** the advocate's; null = erased */
  readonly customerId: string | null;
  readonly stopped: boolean;
  readonly placedAt: Date;
  readonly dueAt: Date;
  readonly terms: ProgrammeTerms;
  readonly state: State;
  readonly verdict: Verdict | null;
  readonly overruled: Decision | null;
  readonly friendNo: number | null;
  readonly posted: Posted | null;
  readonly round: number;
  /** null = the order is gone; amounts are of its own currency until they are turned into the shop's */
  readonly order: (OrderNow & { readonly customerId: string | null; readonly currency: string }) | null;
}

interface Row extends KeptRow {
  readonly orderId: string;
  readonly advocateId: string;
  readonly customerId: string | null;
  readonly stopped: boolean;
  readonly placedAt: Date;
  readonly dueAt: Date;
  readonly terms: unknown;
  readonly state: State;
  readonly verdict: unknown;
  readonly overruled: Decision | null;
  readonly friendNo: number | null;
  readonly posted: unknown;
  readonly round: number;
  readonly there: boolean;
  readonly buyer: string | null;
  readonly currency: string;
  readonly cancelled: boolean;
  readonly test: boolean;
}

/**
 * Referrals to look at now, oldest first, each locked until the transaction ends; what another worker has locked is left
 * to it. @param only this order's alone
 */
export async function takeDue(scope: ShopScope, now: Date, limit: number, only: string | null = null): Promise<Due[]> {
  const which = only === null ? Prisma.sql`r.check_at <= ${now}` : Prisma.sql`r.order_id = ${only}`;
  const rows = await scope.tx.$queryRaw<Row[]>`
    SELECT r.order_id AS "orderId", r.advocate_id AS "advocateId", a.customer_id AS "customerId",
      a.stopped_at IS NOT NULL AND a.stopped_at <= r.placed_at AS stopped, r.placed_at AS "placedAt", r.due_at AS "dueAt",
      r.terms, r.state, r.verdict, r.overruled, r.friend_no AS "friendNo", r.posted, r.round, o.id IS NOT NULL AS there,
      o.customer_id AS buyer, coalesce(o.currency, '') AS currency, o.cancelled_at IS NOT NULL AS cancelled,
      coalesce(o.test, false) AS test, coalesce(g.whole, 0)::bigint AS whole, coalesce(g.left, 0)::bigint AS "left",
      coalesce(o.total_minor, 0) AS total, coalesce(o.refunded_minor, 0) AS refunded, o.goodwill_minor AS goodwill
    FROM referral r
    JOIN referral_advocate a ON a.shop_id = r.shop_id AND a.id = r.advocate_id
    LEFT JOIN "order" o ON o.shop_id = r.shop_id AND o.id = r.order_id
    LEFT JOIN ${goodsOf} ON true
    WHERE r.shop_id = ${scope.shopId}::uuid AND ${which}
    ORDER BY r.placed_at, r.order_id LIMIT ${limit}
    FOR UPDATE OF r ${only === null ? Prisma.sql`SKIP LOCKED` : Prisma.empty}`;
  return rows.map(toDue);
}

function toDue(row: Row): Due {
  const { there, buyer, currency, cancelled, test, whole, left, total, refunded, goodwill, ...rest } = row;
  const keptMinor = keptOf({ whole, left, total, refunded, goodwill });
  const sums = { keptMinor, totalMinor: Number(total), refundedMinor: Number(refunded) };
  return {
    ...rest,
    terms: programmeTerms.parse(rest.terms),
    verdict: rest.verdict === null ? null : verdictSchema.parse(rest.verdict),
    posted: rest.posted === null ? null : postedSchema.parse(rest.posted),
    order: there ? { ...sums, cancelled, test, customerId: buyer, currency } : null,
  };
}

export interface Settled {
  readonly orderId: string;
  readonly state: State;
  readonly verdict: Verdict | null;
  readonly friendNo: number | null;
  readonly posted: Posted | null;
  readonly round: number;
  readonly checkAt: Date | null;
}

/** Writes what referrals came to, in one statement. The rows are locked by `takeDue`. */
export async function saveSettled(scope: ShopScope, all: readonly Settled[], now: Date): Promise<void> {
  const column = (read: (one: Settled) => string | number | Date | null) => toArrayLiteral(all.map(read));
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  await scope.tx.$executeRaw`
    UPDATE referral r SET state = s.state, decision = s.decision, verdict = s.verdict, friend_no = s.friend_no,
      posted = s.posted, round = s.round, check_at = s.check_at, updated_at = ${now}::timestamptz
    FROM unnest(${column(({ orderId }) => orderId)}::text[], ${column(({ state }) => state)}::text[],
      ${column(({ verdict }) => verdict?.decision ?? null)}::text[], ${column(({ verdict }) => json(verdict))}::jsonb[],
      ${column(({ friendNo }) => friendNo)}::int[], ${column(({ posted }) => json(posted))}::jsonb[],
      ${column(({ round }) => round)}::int[], ${column(({ checkAt }) => checkAt)}::timestamptz[])
      AS s(order_id, state, decision, verdict, friend_no, posted, round, check_at)
    WHERE r.shop_id = ${scope.shopId}::uuid AND r.order_id = s.order_id`;
}

export interface Step {
  readonly orderId: string;
  readonly by: 'rules' | 'merchant' | 'order' | 'advocate';
  readonly state: State;
  /** one sentence */
  readonly note: string;
}

export async function addSteps(scope: ShopScope, steps: readonly Step[], now: Date): Promise<void> {
  if (steps.length === 0) return;
  await scope.tx.referralStep.createMany({ data: steps.map((step) => ({ ...step, shopId: scope.shopId, at: now })) });
}

export interface AdvocateHistory {
  readonly friends: number;
  readonly friendsInDay: number;
  readonly friendsInMonth: number;
  readonly friendsSettled: number;
  readonly friendsUndone: number;
  readonly usesInWeek: number;
  readonly linkedInWeek: number;
}

/** What an advocate's other referrals say at the time of an order, for each that is asked about; one statement. */
export async function readHistories(
  scope: ShopScope,
  asked: readonly { readonly advocateId: string; readonly orderId: string; readonly placedAt: Date }[],
): Promise<AdvocateHistory[]> {
  const column = (read: (one: (typeof asked)[number]) => string | Date) => toArrayLiteral(asked.map(read));
  return scope.tx.$queryRaw<AdvocateHistory[]>`
    SELECT h.* FROM unnest(${column(({ advocateId }) => advocateId)}::uuid[], ${column(({ orderId }) => orderId)}::text[],
      ${column(({ placedAt }) => placedAt)}::timestamptz[]) WITH ORDINALITY AS q(advocate_id, order_id, at, n)
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE state IN ('pending', 'rewarded'))::int AS friends,
        count(*) FILTER (WHERE state IN ('pending', 'rewarded', 'held') AND placed_at > q.at - interval '1 day'
          AND placed_at <= q.at)::int AS "friendsInDay",
        count(*) FILTER (WHERE state IN ('pending', 'rewarded', 'held') AND placed_at > q.at - interval '30 days'
          AND placed_at <= q.at)::int AS "friendsInMonth",
        count(*) FILTER (WHERE state IN ('rewarded', 'cancelled') AND due_at <= q.at)::int AS "friendsSettled",
        count(*) FILTER (WHERE state = 'cancelled' AND due_at <= q.at)::int AS "friendsUndone",
        count(*) FILTER (WHERE how = 'code' AND placed_at > q.at - interval '7 days' AND placed_at <= q.at)::int AS "usesInWeek",
        count(*) FILTER (WHERE how = 'code' AND placed_at > q.at - interval '7 days' AND placed_at <= q.at AND EXISTS (
          SELECT 1 FROM attribution_touch t WHERE t.shop_id = r.shop_id AND t.order_id = r.order_id
            AND t.programme = 'referral' AND t.owner_id = r.advocate_id::text AND t.how <> 'code'))::int AS "linkedInWeek"
      FROM referral r
      WHERE r.shop_id = ${scope.shopId}::uuid AND r.advocate_id = q.advocate_id AND r.order_id <> q.order_id) h
    ORDER BY q.n`;
}

/** Somebody under all their names; guests are named by their orders. */
export interface Selves {
  readonly customerIds: readonly string[];
  readonly orderIds: readonly string[];
  /** counted are orders before this one */
  readonly orderId: string;
  readonly placedAt: Date;
}

/** Orders of each of these persons before an order of theirs; one statement. */
export async function countEarlierOrders(scope: ShopScope, persons: readonly Selves[]): Promise<number[]> {
  const rows = await scope.tx.$queryRaw<{ orders: number }[]>`
    SELECT e.orders FROM jsonb_array_elements(${JSON.stringify(persons)}::jsonb) WITH ORDINALITY AS q(person, n)
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS orders FROM "order" o
      WHERE o.shop_id = ${scope.shopId}::uuid AND o.id <> q.person->>'orderId'
        AND o.placed_at <= (q.person->>'placedAt')::timestamptz AND NOT o.test AND o.cancelled_at IS NULL
        AND (o.customer_id = ANY(ARRAY(SELECT jsonb_array_elements_text(q.person->'customerIds')))
          OR o.id = ANY(ARRAY(SELECT jsonb_array_elements_text(q.person->'orderIds'))))) e
    ORDER BY q.n`;
  return rows.map(({ orders }) => orders);
}

/** Shops with referrals to look at. */
export async function findShopsWithDue(scope: SystemScope, now: Date): Promise<ShopId[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT shop_id::text AS id FROM referral WHERE check_at <= ${now} LIMIT 1000`;
  return rows.map(({ id }) => toShopId(id));
}
