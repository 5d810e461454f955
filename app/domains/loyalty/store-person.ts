import type { ShopScope } from '#app/infra/database.ts';
import { tierCodeKind } from './tiers/bring-tier-codes.ts';

const ofPerson = ({ shopId }: ShopScope, customerIds: readonly string[]) => ({
  shopId,
  customerId: { in: [...customerIds] },
});

/** Everything that names these customers. */
export async function deleteMembers(scope: ShopScope, customerIds: readonly string[]): Promise<void> {
  const where = ofPerson(scope, customerIds);
  const { tx } = scope;
  await tx.loyaltyMember.deleteMany({ where });
  await tx.loyaltyOrder.deleteMany({ where });
  await tx.loyaltyActivity.deleteMany({ where });
  await tx.loyaltyRedemption.deleteMany({ where });
  await tx.loyaltyTierChange.deleteMany({ where });
  await tx.loyaltyAdjustment.deleteMany({ where });
  // The codes of tiers are known by their members.
  await tx.$executeRaw`
    UPDATE discount_code SET source_id = 'erased-' || id WHERE shop_id = ${scope.shopId}::uuid
      AND source_kind = ${tierCodeKind} AND source_id = ANY(${[...customerIds]}::text[])`;
}

/** What is kept of these customers' part in the programme, for one who asks. */
export async function readMembersData(scope: ShopScope, customerIds: readonly string[]) {
  const where = ofPerson(scope, customerIds);
  const { tx } = scope;
  const unnamed = { shopId: true } as const;
  const memberships = await tx.loyaltyMember.findMany({ where, omit: { ...unnamed, birthdayHash: true } });
  return {
    memberships: memberships.map(({ tierFigure, ...row }) => ({ ...row, tierFigure: Number(tierFigure) })),
    orders: await tx.loyaltyOrder.findMany({ where, omit: { ...unnamed, grants: true, steps: true } }),
    activities: await tx.loyaltyActivity.findMany({ where, omit: { ...unnamed, sourceId: true } }),
    redemptions: await tx.loyaltyRedemption.findMany({ where, omit: unnamed }),
    tiers: await tx.loyaltyTierChange.findMany({ where, omit: { ...unnamed, id: true } }),
    adjustments: await tx.loyaltyAdjustment.findMany({ where, omit: unnamed }),
  };
}
