import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';

export type MemberSource = 'order' | 'sign-up' | 'merchant' | 'import';

export interface NewMember {
  readonly customerId: string;
  readonly joinedAt: Date;
  readonly source: MemberSource;
}

/** Takes customers in; who is a member already stays as they are. Returns who is new. */
export async function addMembers(scope: ShopScope, members: readonly NewMember[]): Promise<string[]> {
  if (members.length === 0) return [];
  // One order of ids for all writers, so that none waits for another in a circle.
  const rows = members.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const added = await scope.tx.$queryRaw<{ id: string }[]>`
    INSERT INTO loyalty_member (shop_id, customer_id, joined_at, source)
    SELECT ${scope.shopId}::uuid, * FROM unnest(
      ${toArrayLiteral(rows.map(({ customerId }) => customerId))}::text[],
      ${toArrayLiteral(rows.map(({ joinedAt }) => joinedAt))}::timestamptz[],
      ${toArrayLiteral(rows.map(({ source }) => source))}::text[])
    ON CONFLICT DO NOTHING RETURNING customer_id AS id`;
  return added.map(({ id }) => id);
}

/** Has everything that changes these members' points wait for this transaction. Returns who is a member. */
export async function lockMembers(scope: ShopScope, customerIds: readonly string[]): Promise<string[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT customer_id AS id FROM loyalty_member
    WHERE shop_id = ${scope.shopId}::uuid AND customer_id = ANY(${[...customerIds]}::text[])
    ORDER BY customer_id FOR UPDATE`;
  return rows.map(({ id }) => id);
}

/** Accounts among these that were made at or after a moment. */
export async function readAccountsSince(
  scope: ShopScope,
  customerIds: readonly string[],
  since: Date,
): Promise<{ id: string; createdAt: Date }[]> {
  const rows = await scope.tx.customer.findMany({
    where: { shopId: scope.shopId, id: { in: [...customerIds] }, deletedAt: null, platformCreatedAt: { gte: since } },
    select: { id: true, platformCreatedAt: true },
  });
  return rows.map(({ id, platformCreatedAt }) => ({ id, createdAt: platformCreatedAt }));
}

/** A customer's membership; null where they do not take part. */
export async function findMember(scope: ShopScope, customerId: string) {
  // PostgreSQL stores no NUL, so nobody is called that.
  if (customerId.includes('\0')) return null;
  return scope.tx.loyaltyMember.findUnique({
    where: { shopId_customerId: { shopId: scope.shopId, customerId } },
    omit: { shopId: true },
  });
}

/** Ids of members, `limit` at most, following `after` ('' at the start). */
export async function readMemberIdsAfter(scope: ShopScope, after: string, limit: number): Promise<string[]> {
  const rows = await scope.tx.loyaltyMember.findMany({
    where: { shopId: scope.shopId, customerId: { gt: after } },
    select: { customerId: true },
    orderBy: { customerId: 'asc' },
    take: limit,
  });
  return rows.map(({ customerId }) => customerId);
}
