import type { ShopScope } from '#app/infra/database.ts';

export interface TierStay {
  readonly customerId: string;
  readonly tier: string;
  readonly since: Date;
}

/** Members among these who are in one of these tiers. */
export async function readStays(
  scope: ShopScope,
  customerIds: readonly string[],
  tiers: readonly string[],
): Promise<TierStay[]> {
  const rows = await scope.tx.loyaltyMember.findMany({
    where: {
      shopId: scope.shopId,
      customerId: { in: [...customerIds] },
      tier: { in: [...tiers] },
      tierSince: { not: null },
    },
    select: { customerId: true, tier: true, tierSince: true },
    orderBy: { customerId: 'asc' },
  });
  return rows.flatMap(({ customerId, tier, tierSince }) => (tierSince ? [{ customerId, tier, since: tierSince }] : []));
}
