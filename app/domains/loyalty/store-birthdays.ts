import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** Keeps the hash of a member's birthday where there is none yet. */
export async function saveBirthday(
  scope: ShopScope,
  customerId: string,
  birthdayHash: string,
  now: Date,
): Promise<'saved' | 'already' | 'not-a-member'> {
  const where = { shopId: scope.shopId, customerId };
  const { count } = await scope.tx.loyaltyMember.updateMany({
    where: { ...where, birthdayHash: null },
    data: { birthdayHash, birthdayToldAt: now },
  });
  if (count > 0) return 'saved';
  return (await scope.tx.loyaltyMember.count({ where })) > 0 ? 'already' : 'not-a-member';
}

/**
 * Members whose birthday has one of these hashes.
 * @param toldBefore without those who told it at that time or later; null = with them
 */
export async function readBornOn(
  scope: ShopScope,
  hashes: readonly string[],
  toldBefore: Date | null = null,
): Promise<string[]> {
  const early = toldBefore && { OR: [{ birthdayToldAt: null }, { birthdayToldAt: { lt: toldBefore } }] };
  const rows = await scope.tx.loyaltyMember.findMany({
    where: { shopId: scope.shopId, birthdayHash: { in: [...hashes] }, ...early },
    select: { customerId: true },
    orderBy: { customerId: 'asc' },
  });
  return rows.map(({ customerId }) => customerId);
}

/** Customers, as a statement with the one column customer_id; null = all. */
export type Among = Prisma.Sql | null;

/** How many members among these have a birthday with one of these hashes. */
export async function countBornOn(scope: ShopScope, hashes: readonly string[], among: Among): Promise<number> {
  const [row] = await scope.tx.$queryRaw<{ members: number }[]>`
    SELECT count(*)::int AS members FROM (
      SELECT customer_id FROM loyalty_member
      WHERE shop_id = ${scope.shopId}::uuid AND birthday_hash = ANY(${[...hashes]}::text[])
      ${among === null ? Prisma.empty : Prisma.sql`INTERSECT (${among})`}) m`;
  return row?.members ?? 0;
}
