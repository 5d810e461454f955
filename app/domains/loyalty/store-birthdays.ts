import type { ShopScope } from '#app/infra/database.ts';

/** Keeps the hash of a member's birthday where there is none yet. */
export async function saveBirthday(
  scope: ShopScope,
  customerId: string,
  birthdayHash: string,
): Promise<'saved' | 'already' | 'not-a-member'> {
  const where = { shopId: scope.shopId, customerId };
  const { count } = await scope.tx.loyaltyMember.updateMany({
    where: { ...where, birthdayHash: null },
    data: { birthdayHash },
  });
  if (count > 0) return 'saved';
  return (await scope.tx.loyaltyMember.count({ where })) > 0 ? 'already' : 'not-a-member';
}

/** Members whose birthday has one of these hashes. */
export async function readBornOn(scope: ShopScope, hashes: readonly string[]): Promise<string[]> {
  const rows = await scope.tx.loyaltyMember.findMany({
    where: { shopId: scope.shopId, birthdayHash: { in: [...hashes] } },
    select: { customerId: true },
    orderBy: { customerId: 'asc' },
  });
  return rows.map(({ customerId }) => customerId);
}
