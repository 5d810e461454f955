import type { ShopScope } from '#app/infra/database.ts';

/**
 * Two customers became one: their links, codes, friends and rewards go on as one advocate's. Referrals in which the one
 * person is the friend, and whose rewards are not handed out yet, are judged once more: the friend may be the advocate, or
 * may have ordered before. What was handed out stays. The same again changes nothing.
 * @returns the advocates of whom the first is gone; null where at most one of the customers was an advocate
 */
export async function joinAdvocates(
  scope: ShopScope,
  from: string,
  into: string,
  now: Date,
): Promise<{ readonly from: string; readonly into: string } | null> {
  const { shopId, tx } = scope;
  await moveBinding(scope, `c:${from}`, `c:${into}`);
  const rows = await tx.referralAdvocate.findMany({
    where: { shopId, customerId: { in: [from, into] } },
    select: { id: true, customerId: true },
  });
  const leaving = rows.find(({ customerId }) => customerId === from);
  const staying = rows.find(({ customerId }) => customerId === into);
  if (leaving && staying) await moveAll(scope, leaving.id, staying.id, now);
  else if (leaving)
    await tx.referralAdvocate.update({
      where: { shopId_id: { shopId, id: leaving.id } },
      data: { customerId: into },
    });
  await tx.$executeRaw`
    UPDATE referral r SET verdict = NULL, friend_no = CASE WHEN r.posted IS NULL THEN NULL ELSE r.friend_no END,
      check_at = ${now}::timestamptz, version = version + 1
    FROM "order" o
    WHERE r.shop_id = ${shopId}::uuid AND r.state IN ('new', 'pending', 'held') AND o.shop_id = r.shop_id
      AND o.id = r.order_id AND o.customer_id IN (${from}, ${into})`;
  return leaving && staying ? { from: leaving.id, into: staying.id } : null;
}

/** The link by which either came last counts. */
async function moveBinding({ tx, shopId }: ShopScope, from: string, into: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO referral_binding AS known (shop_id, visitor, advocate_id, bound_at)
    SELECT shop_id, ${into}, advocate_id, bound_at FROM referral_binding
    WHERE shop_id = ${shopId}::uuid AND visitor = ${from}
    ON CONFLICT (shop_id, visitor) DO UPDATE SET advocate_id = excluded.advocate_id, bound_at = excluded.bound_at
    WHERE known.bound_at < excluded.bound_at`;
  await tx.referralBinding.deleteMany({ where: { shopId, visitor: from } });
}

/** Everything of one advocate becomes another's; the code goes on as one of those that the other had before. */
async function moveAll({ tx, shopId }: ShopScope, from: string, into: string, now: Date): Promise<void> {
  const mine = { shopId, advocateId: from };
  const theirs = { advocateId: into };
  const { code, stoppedAt } = await tx.referralAdvocate.findUniqueOrThrow({
    where: { shopId_id: { shopId, id: from } },
  });
  await tx.referral.updateMany({ where: mine, data: theirs });
  await tx.referralBinding.updateMany({ where: mine, data: theirs });
  await tx.referralOldCode.updateMany({ where: mine, data: theirs });
  await tx.$executeRaw`
    INSERT INTO referral_day AS known (shop_id, advocate_id, day, shares, clicks)
    SELECT shop_id, ${into}::uuid, day, shares, clicks FROM referral_day
    WHERE shop_id = ${shopId}::uuid AND advocate_id = ${from}::uuid
    ON CONFLICT (shop_id, advocate_id, day) DO UPDATE SET
      shares = known.shares + excluded.shares, clicks = known.clicks + excluded.clicks`;
  await tx.referralDay.deleteMany({ where: mine });
  await tx.$executeRaw`
    UPDATE referral_advocate a SET pauses = a.pauses || f.pauses ||
      CASE WHEN f.stopped_at IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_array(f.stopped_at, ${now}::timestamptz)) END
    FROM referral_advocate f
    WHERE a.shop_id = ${shopId}::uuid AND a.id = ${into}::uuid AND f.shop_id = a.shop_id AND f.id = ${from}::uuid`;
  await tx.referralAdvocate.delete({ where: { shopId_id: { shopId, id: from } } });
  await tx.referralOldCode.create({ data: { shopId, code, advocateId: into, endedAt: now } });
  // Whom the merchant has stopped does not go on under another name.
  if (stoppedAt !== null)
    await tx.referralAdvocate.updateMany({ where: { shopId, id: into, stoppedAt: null }, data: { stoppedAt: now } });
}
