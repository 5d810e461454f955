import type { ShopScope } from '#app/infra/database.ts';

export interface Adjustment {
  /** UUID */
  readonly id: string;
  readonly customerId: string;
  /** below zero = taken */
  readonly points: number;
  readonly source: 'manual' | 'import';
  readonly reason: string;
  /** who did it; '' = not known */
  readonly by: string;
}

/** Notes an adjustment; false where it was made before. */
export async function addAdjustment(scope: ShopScope, adjustment: Adjustment, at: Date): Promise<boolean> {
  const { count } = await scope.tx.loyaltyAdjustment.createMany({
    data: [{ shopId: scope.shopId, ...adjustment, at }],
    skipDuplicates: true,
  });
  return count > 0;
}

/** Why points were given or taken by hand, by the adjustment's id. */
export async function readAdjustments(scope: ShopScope, customerId: string) {
  return scope.tx.loyaltyAdjustment.findMany({
    where: { shopId: scope.shopId, customerId },
    select: { id: true, points: true, source: true, reason: true, by: true, at: true },
    orderBy: { at: 'desc' },
    take: 500,
  });
}
