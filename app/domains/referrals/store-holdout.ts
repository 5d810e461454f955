import type { ShopScope } from '#app/infra/database.ts';
import type { Brought } from './brought.ts';
import { changeHoldout, holdoutOf, type HoldoutSetting, type ReferralHoldout } from './holdout.ts';
import { usualTerms } from './model.ts';

const none: HoldoutSetting = { holdoutBps: 0, holdoutSalt: '', holdoutSince: null };
const fields = { begunAt: true, holdoutBps: true, holdoutSalt: true, holdoutSince: true } as const;

/** Which customers are not asked, and since when; null where everybody is, or nobody yet. */
export async function readHoldout(scope: ShopScope): Promise<ReferralHoldout | null> {
  const row = await scope.tx.referralProgramme.findUnique({ where: { shopId: scope.shopId }, select: fields });
  return row && holdoutOf(row, row.begunAt);
}

/** The share that the merchant chose, basis points; null before the programme was first saved. */
export async function readHoldoutBps(scope: ShopScope): Promise<number | null> {
  const { shopId, tx } = scope;
  const row = await tx.referralProgramme.findUnique({ where: { shopId }, select: { holdoutBps: true } });
  return row?.holdoutBps ?? null;
}

/** Makes this the share of customers who are not asked, in basis points. The same again changes nothing. */
export async function saveHoldoutBps(
  scope: ShopScope,
  bps: number,
  { freshSalt, now }: { readonly freshSalt: string; readonly now: Date },
): Promise<void> {
  const { shopId, tx } = scope;
  const row = await tx.referralProgramme.findUnique({ where: { shopId }, select: fields });
  const share = changeHoldout(row ?? none, bps, freshSalt, now);
  const { holdoutBps, holdoutSalt, holdoutSince } = share;
  const values = { holdoutBps, holdoutSalt, holdoutSince };
  await tx.referralProgramme.upsert({
    where: { shopId },
    create: { shopId, active: false, terms: usualTerms, updatedAt: now, ...values },
    update: values,
  });
}

/** Customers who had a link before an instant: whatever they did with it began before. */
export async function readAdvocatesBefore(scope: ShopScope, before: Date): Promise<string[]> {
  const rows = await scope.tx.referralAdvocate.findMany({
    where: { shopId: scope.shopId, createdAt: { lt: before }, customerId: { not: null } },
    select: { customerId: true },
  });
  return rows.flatMap(({ customerId }) => customerId ?? []);
}

/** Friends' orders since an instant that count, with the store credit that was handed out for each, minor units. */
export async function readBrought(
  scope: ShopScope,
  since: Date,
): Promise<(Brought & { readonly creditMinor: number | null })[]> {
  return scope.tx.$queryRaw<(Brought & { creditMinor: number | null })[]>`
    SELECT r.order_id AS "orderId", r.placed_at AS "placedAt", o.customer_id AS "friendId", a.customer_id AS "advocateId",
      CASE WHEN r.posted->'reward'->>'type' = 'store-credit' AND (r.posted->>'handedOut')::boolean
        THEN (r.posted->'reward'->>'minor')::int END AS "creditMinor"
    FROM referral r
    JOIN referral_advocate a ON a.shop_id = r.shop_id AND a.id = r.advocate_id
    JOIN "order" o ON o.shop_id = r.shop_id AND o.id = r.order_id
    WHERE r.shop_id = ${scope.shopId}::uuid AND r.placed_at >= ${since} AND r.state IN ('pending', 'rewarded')`;
}
