import { readCodesOf, withdrawCode } from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { takeBackActivities } from './give-activities.ts';
import { tierCodeKind } from './tiers/bring-tier-codes.ts';
import { entryKey, readEntries } from './tiers/store-entries.ts';

/**
 * Two customers became one: their memberships, activities and redemptions go on as one member's. Points are the ledger's;
 * the tier follows at the next look at tiers. What either was given once, and has, is not given again; of points that both got
 * for reaching one tier the first's go back. To be told after the ledger. The same again changes nothing.
 */
export async function joinMembers(scope: ShopScope, from: string, into: string, now: Date): Promise<void> {
  const { shopId, tx } = scope;
  await tx.$executeRaw`
    INSERT INTO loyalty_member AS known (shop_id, customer_id, joined_at, source, birthday_hash,
      birthday_told_at, tier, tier_since, tier_below_since)
    SELECT shop_id, ${into}, joined_at, source, birthday_hash, birthday_told_at, tier, tier_since, tier_below_since FROM loyalty_member
    WHERE shop_id = ${shopId}::uuid AND customer_id = ${from}
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET joined_at = least(known.joined_at, excluded.joined_at),
      birthday_hash = coalesce(known.birthday_hash, excluded.birthday_hash),
      birthday_told_at = CASE WHEN known.birthday_hash IS NULL THEN excluded.birthday_told_at ELSE known.birthday_told_at END,
      tier = CASE WHEN known.tier = '' THEN excluded.tier ELSE known.tier END,
      tier_since = CASE WHEN known.tier = '' THEN excluded.tier_since ELSE known.tier_since END`;
  const entries = (await readEntries(scope, [from, into])).filter(({ stands }) => stands);
  const both = entries.filter(
    ({ customerId, tierId }) =>
      customerId === from && entries.some((one) => one.customerId === into && one.tierId === tierId),
  );
  await takeBackActivities(
    scope,
    both.map(({ tierId }) => entryKey(from, tierId)),
    now,
  );
  await tx.$executeRaw`
    INSERT INTO loyalty_activity AS known (shop_id, customer_id, rule, reference, kind, version, points, at, source_id, taken_back_at)
    SELECT shop_id, ${into}, rule, reference, kind, version, points, at, source_id, taken_back_at FROM loyalty_activity
    WHERE shop_id = ${shopId}::uuid AND customer_id = ${from}
    ON CONFLICT (shop_id, customer_id, rule, reference) DO UPDATE SET kind = excluded.kind, version = excluded.version,
      points = excluded.points, at = excluded.at, source_id = excluded.source_id, taken_back_at = NULL
    WHERE known.taken_back_at IS NOT NULL AND excluded.taken_back_at IS NULL`;
  const where = { shopId, customerId: from };
  await tx.loyaltyMember.deleteMany({ where });
  await tx.loyaltyActivity.deleteMany({ where });
  const data = { customerId: into };
  await tx.loyaltyOrder.updateMany({ where, data });
  await tx.loyaltyRedemption.updateMany({ where, data });
  await tx.loyaltyTierChange.updateMany({ where, data });
  await tx.loyaltyAdjustment.updateMany({ where, data });
  // A tier's code is known by its member, so that nobody would end the first's: the second's own comes with the next day.
  for (const { source } of await readCodesOf(scope, tierCodeKind, [from])) await withdrawCode(scope, source);
}
