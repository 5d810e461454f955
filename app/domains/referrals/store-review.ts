import type { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
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
import { isUndone } from './rules.ts';

/** A referral as pages show it. */
export interface ReferralRow {
  readonly orderId: string;
  readonly orderName: string;
  readonly advocateId: string;
  readonly how: string;
  readonly placedAt: Date;
  readonly state: State;
  readonly verdict: Verdict | null;
  readonly overruled: Decision | null;
  readonly friendNo: number | null;
  readonly dueAt: Date;
  readonly posted: Posted | null;
  readonly appeal: string | null;
  readonly appealedAt: Date | null;
  readonly totalMinor: number;
  /** of the programme as the order came in */
  readonly terms: ProgrammeTerms;
  readonly test: boolean;
  /** the order is gone, cancelled or given back in full */
  readonly undone: boolean;
}

type Row = Prisma.ReferralGetPayload<object>;

async function complete(scope: ShopScope, rows: readonly Row[]): Promise<ReferralRow[]> {
  const orders = await scope.tx.order.findMany({
    where: { shopId: scope.shopId, id: { in: rows.map(({ orderId }) => orderId) } },
    select: { id: true, name: true, totalMinor: true, refundedMinor: true, cancelledAt: true, test: true },
  });
  const known = new Map(
    orders.map(({ cancelledAt, totalMinor, refundedMinor, ...order }) => [
      order.id,
      {
        ...order,
        ...{ totalMinor: Number(totalMinor), refundedMinor: Number(refundedMinor), cancelled: cancelledAt !== null },
      },
    ]),
  );
  return rows.map((row) => ({
    orderId: row.orderId,
    orderName: known.get(row.orderId)?.name ?? row.orderId,
    advocateId: row.advocateId,
    how: row.how,
    placedAt: row.placedAt,
    state: row.state as State,
    verdict: row.verdict === null ? null : verdictSchema.parse(row.verdict),
    overruled: row.overruled as Decision | null,
    friendNo: row.friendNo,
    dueAt: row.dueAt,
    posted: row.posted === null ? null : postedSchema.parse(row.posted),
    appeal: row.appeal,
    appealedAt: row.appealedAt,
    totalMinor: known.get(row.orderId)?.totalMinor ?? 0,
    terms: programmeTerms.parse(row.terms),
    test: known.get(row.orderId)?.test ?? false,
    undone: isUndone(known.get(row.orderId) ?? null),
  }));
}

/**
 * Referrals, newest first.
 * @param before of the page before, `placedAt` and `orderId` of its last row
 */
export async function readReferrals(
  scope: ShopScope,
  which: { readonly states?: readonly State[]; readonly advocateId?: string },
  { before, limit }: { readonly before: { placedAt: Date; orderId: string } | null; readonly limit: number },
): Promise<ReferralRow[]> {
  const rows = await scope.tx.referral.findMany({
    where: {
      shopId: scope.shopId,
      ...(which.states ? { state: { in: [...which.states] } } : {}),
      ...(which.advocateId === undefined ? {} : { advocateId: which.advocateId }),
      ...(before
        ? {
            OR: [{ placedAt: { lt: before.placedAt } }, { placedAt: before.placedAt, orderId: { lt: before.orderId } }],
          }
        : {}),
    },
    orderBy: [{ placedAt: 'desc' }, { orderId: 'desc' }],
    take: limit,
  });
  return complete(scope, rows);
}

/** How many friends an advocate has brought, and how many of them stand. */
export async function countFriends(
  { tx, shopId }: ShopScope,
  advocateId: string,
): Promise<{ readonly all: number; readonly counted: number }> {
  const where = { shopId, advocateId };
  return {
    all: await tx.referral.count({ where }),
    counted: await tx.referral.count({ where: { ...where, state: { in: ['pending', 'rewarded'] } } }),
  };
}

/** What the merchant is asked to decide: held ones, and those whose advocates appeal; oldest first. */
export async function readReviewQueue(scope: ShopScope, limit: number): Promise<ReferralRow[]> {
  const rows = await scope.tx.referral.findMany({
    where: {
      shopId: scope.shopId,
      OR: [{ state: 'held' }, { appealedAt: { not: null }, overruled: null, state: { in: ['denied', 'ineligible'] } }],
    },
    orderBy: [{ placedAt: 'asc' }, { orderId: 'asc' }],
    take: limit,
  });
  return complete(scope, rows);
}

/** The merchant's decision; null takes it back, so that the rules' stands. False where there is no such referral. */
export async function overrule(
  scope: ShopScope,
  orderId: string,
  decision: Decision | null,
  now: Date,
): Promise<boolean> {
  const { count } = await scope.tx.referral.updateMany({
    where: { shopId: scope.shopId, orderId },
    data: { overruled: decision, checkAt: now, version: { increment: 1 }, updatedAt: now },
  });
  return count === 1;
}

/** The advocate's own words on a decision; kept until the merchant has decided. False where it is not theirs. */
export async function saveAppeal(
  scope: ShopScope,
  which: { readonly orderId: string; readonly advocateId: string },
  text: string,
  now: Date,
): Promise<boolean> {
  const { count } = await scope.tx.referral.updateMany({
    where: { shopId: scope.shopId, ...which, state: { in: ['denied', 'ineligible', 'held'] }, appealedAt: null },
    data: { appeal: text, appealedAt: now },
  });
  return count === 1;
}

/** What happened to a referral, oldest first. */
export async function readSteps(scope: ShopScope, orderIds: readonly string[]) {
  return scope.tx.referralStep.findMany({
    where: { shopId: scope.shopId, orderId: { in: [...orderIds] } },
    select: { orderId: true, at: true, by: true, state: true, note: true },
    orderBy: { id: 'asc' },
  });
}
