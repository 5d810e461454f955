import type { ShopScope } from '#app/infra/database.ts';

export interface Redemption {
  /** UUID */
  readonly id: string;
  readonly customerId: string;
  readonly rewardId: string;
  readonly version: number;
  readonly kind: string;
  readonly title: string;
  readonly points: number;
  readonly createdAt: Date;
  readonly endsAt: Date | null;
  readonly cancelledAt: Date | null;
}

export async function addRedemption(scope: ShopScope, redemption: Omit<Redemption, 'cancelledAt'>): Promise<void> {
  await scope.tx.loyaltyRedemption.create({ data: { shopId: scope.shopId, ...redemption } });
}

export async function findRedemption(scope: ShopScope, id: string): Promise<Redemption | null> {
  return scope.tx.loyaltyRedemption.findUnique({
    where: { shopId_id: { shopId: scope.shopId, id } },
    omit: { shopId: true },
  });
}

/** A member's rewards, the newest first. */
export async function readRedemptions(scope: ShopScope, customerId: string, most: number): Promise<Redemption[]> {
  return scope.tx.loyaltyRedemption.findMany({
    where: { shopId: scope.shopId, customerId },
    omit: { shopId: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: most,
  });
}

/** These redemptions, by member. */
export async function findRedemptions(scope: ShopScope, ids: readonly string[]): Promise<Redemption[]> {
  if (ids.length === 0) return [];
  return scope.tx.loyaltyRedemption.findMany({
    where: { shopId: scope.shopId, id: { in: [...ids] } },
    omit: { shopId: true },
    orderBy: [{ customerId: 'asc' }, { id: 'asc' }],
  });
}

/** Those of them whose points were not given back. */
export async function findStanding(scope: ShopScope, ids: readonly string[]): Promise<Redemption[]> {
  return (await findRedemptions(scope, ids)).filter(({ cancelledAt }) => cancelledAt === null);
}

/** When the points were given back; null = they are spent. */
export async function noteCancelled(scope: ShopScope, id: string, cancelledAt: Date | null): Promise<void> {
  await scope.tx.loyaltyRedemption.update({
    where: { shopId_id: { shopId: scope.shopId, id } },
    data: { cancelledAt },
  });
}

/** How many rewards a member asked for since a moment, given back or not. */
export async function countRedemptions(scope: ShopScope, customerId: string, since: Date): Promise<number> {
  return scope.tx.loyaltyRedemption.count({
    where: { shopId: scope.shopId, customerId, createdAt: { gt: since } },
  });
}
