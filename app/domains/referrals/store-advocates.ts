import { randomUUID } from 'node:crypto';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { makeCode } from './code.ts';

export interface Advocate {
  readonly id: string;
  /** null after the person was erased */
  readonly customerId: string | null;
  readonly code: string;
  /** grows with each new code */
  readonly codeRound: number;
  readonly createdAt: Date;
  readonly stoppedAt: Date | null;
}

const fields = { id: true, customerId: true, code: true, codeRound: true, createdAt: true, stoppedAt: true } as const;

/** The customer as an advocate; made at the first call, and the same ever after. */
export async function ensureAdvocate(
  scope: ShopScope,
  customerId: string,
  { now, random }: { readonly now: Date; readonly random: (size: number) => Uint8Array },
): Promise<Advocate> {
  await scope.tx.referralAdvocate.createMany({
    data: [{ shopId: scope.shopId, id: randomUUID(), customerId, code: makeCode(random), createdAt: now }],
    skipDuplicates: true,
  });
  return scope.tx.referralAdvocate.findUniqueOrThrow({
    where: { shopId_customerId: { shopId: scope.shopId, customerId } },
    select: fields,
  });
}

/** The customer as an advocate; null where there is none yet. */
export async function findAdvocateOf(scope: ShopScope, customerId: string): Promise<Advocate | null> {
  return scope.tx.referralAdvocate.findUnique({
    where: { shopId_customerId: { shopId: scope.shopId, customerId } },
    select: fields,
  });
}

export async function findAdvocate(scope: ShopScope, id: string): Promise<Advocate | null> {
  return scope.tx.referralAdvocate.findUnique({ where: { shopId_id: { shopId: scope.shopId, id } }, select: fields });
}

export async function readAdvocates(scope: ShopScope, ids: readonly string[]): Promise<Map<string, Advocate>> {
  const rows = await scope.tx.referralAdvocate.findMany({
    where: { shopId: scope.shopId, id: { in: [...ids] } },
    select: fields,
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whose link it is; codes that were replaced lead to their owner as well. */
export async function findAdvocateByCode(scope: ShopScope, code: string): Promise<Advocate | null> {
  const own = await scope.tx.referralAdvocate.findUnique({
    where: { shopId_code: { shopId: scope.shopId, code } },
    select: fields,
  });
  if (own) return own;
  const old = await scope.tx.referralOldCode.findUnique({ where: { shopId_code: { shopId: scope.shopId, code } } });
  return old ? findAdvocate(scope, old.advocateId) : null;
}

/** Gives an advocate a new code: what stands on pages of coupons stops working, links already shared still count. */
export async function renewCode(
  scope: ShopScope,
  id: string,
  { now, random }: { readonly now: Date; readonly random: (size: number) => Uint8Array },
): Promise<Advocate | null> {
  // Whoever renews it at the same time waits: else the code in between would be nobody's.
  await scope.tx.$queryRaw`
    SELECT id FROM referral_advocate WHERE shop_id = ${scope.shopId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  const known = await findAdvocate(scope, id);
  if (!known) return null;
  await scope.tx.referralOldCode.createMany({
    data: [{ shopId: scope.shopId, code: known.code, advocateId: id, endedAt: now }],
    skipDuplicates: true,
  });
  return scope.tx.referralAdvocate.update({
    where: { shopId_id: { shopId: scope.shopId, id } },
    data: { code: makeCode(random), codeRound: { increment: 1 } },
    select: fields,
  });
}

/** Stops an advocate, or lets them go on. What was earned stays; what was ordered meanwhile never counts. */
export async function setStopped(scope: ShopScope, id: string, stop: boolean, now: Date): Promise<boolean> {
  const changed = await scope.tx.$executeRaw`
    UPDATE referral_advocate SET stopped_at = CASE WHEN ${stop}::boolean THEN coalesce(stopped_at, ${now}::timestamptz) END,
      pauses = CASE WHEN ${stop}::boolean OR stopped_at IS NULL THEN pauses
        ELSE pauses || jsonb_build_array(jsonb_build_array(stopped_at, ${now}::timestamptz)) END
    WHERE shop_id = ${scope.shopId}::uuid AND id = ${id}::uuid`;
  return changed === 1;
}

/** Counts a share or a click on a day. */
export async function countOn(
  scope: ShopScope,
  advocateId: string,
  what: 'shares' | 'clicks',
  now: Date,
): Promise<void> {
  const [shares, clicks] = what === 'shares' ? [1, 0] : [0, 1];
  await scope.tx.$executeRaw`
    INSERT INTO referral_day AS known (shop_id, advocate_id, day, shares, clicks)
    VALUES (${scope.shopId}::uuid, ${advocateId}::uuid, ${now}::date, ${shares}::int, ${clicks}::int)
    ON CONFLICT (shop_id, advocate_id, day) DO UPDATE SET
      shares = known.shares + excluded.shares, clicks = known.clicks + excluded.clicks`;
}

/** The visitor, or the logged-in customer (`c:` and the id), came by this advocate's link. The last link counts. */
export async function bindVisitors(
  scope: ShopScope,
  visitors: readonly string[],
  advocateId: string,
  now: Date,
): Promise<void> {
  if (visitors.length === 0) return;
  await scope.tx.$executeRaw`
    INSERT INTO referral_binding (shop_id, visitor, advocate_id, bound_at)
    SELECT ${scope.shopId}::uuid, visitor, ${advocateId}::uuid, ${now}::timestamptz
    FROM unnest(${toArrayLiteral([...visitors].sort())}::text[]) AS visitor
    ON CONFLICT (shop_id, visitor) DO UPDATE SET advocate_id = excluded.advocate_id, bound_at = excluded.bound_at`;
}

/** Forgets whose links visitors came by so long ago that none counts any more. Sees all shops: time passes in each. */
export async function forgetOldBindings(scope: SystemScope, before: Date): Promise<void> {
  await scope.tx.referralBinding.deleteMany({ where: { boundAt: { lt: before } } });
}

/** Forgets who these visitors and customers were to each other; what they earned stays as figures. */
export async function forgetReferralsOf(
  scope: ShopScope,
  visitors: readonly string[],
  customerIds: readonly string[],
  now: Date,
): Promise<void> {
  const { shopId } = scope;
  await scope.tx.referralBinding.deleteMany({
    where: { shopId, visitor: { in: [...visitors, ...customerIds.map((id) => `c:${id}`)] } },
  });
  const rows = await scope.tx.referralAdvocate.findMany({
    where: { shopId, customerId: { in: [...customerIds] } },
    select: { id: true },
  });
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  await scope.tx.referral.updateMany({ where: { shopId, advocateId: { in: ids } }, data: { appeal: null } });
  // What was not handed out yet is looked at once more and comes to nothing.
  await scope.tx.referral.updateMany({
    where: { shopId, advocateId: { in: ids }, state: { in: ['new', 'pending', 'held'] } },
    data: { checkAt: now, version: { increment: 1 } },
  });
  await scope.tx.referralAdvocate.updateMany({
    where: { shopId, id: { in: ids } },
    data: { customerId: null, stoppedAt: now },
  });
}

/** What is kept of these customers as advocates. */
export async function readReferralsOf(scope: ShopScope, customerIds: readonly string[]) {
  const advocates = await scope.tx.referralAdvocate.findMany({
    where: { shopId: scope.shopId, customerId: { in: [...customerIds] } },
    select: fields,
  });
  const referrals = await scope.tx.referral.findMany({
    where: { shopId: scope.shopId, advocateId: { in: advocates.map(({ id }) => id) } },
    select: { placedAt: true, state: true, posted: true, appeal: true },
    orderBy: { placedAt: 'asc' },
  });
  return { advocates, referrals };
}

/** Whose links these visitors and customers came by, for one who asks for it. */
export async function readBindingsOf(
  { tx, shopId }: ShopScope,
  visitors: readonly string[],
  customerIds: readonly string[],
) {
  return tx.referralBinding.findMany({
    where: { shopId, visitor: { in: [...visitors, ...customerIds.map((id) => `c:${id}`)] } },
    select: { visitor: true, boundAt: true },
    orderBy: { boundAt: 'asc' },
  });
}
