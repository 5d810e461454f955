import { Prisma } from '#app/generated/prisma/client.ts';
import { membersOf } from '#app/domains/segments/index.ts';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';

/**
 * Who is in at least one of these segments now, as a statement with the one column customer_id, in which a customer may
 * stand several times; null = everybody, because no segment is named. Nobody is in one that is gone.
 */
export function amongNow(shopId: ShopId, segments: readonly string[]): Prisma.Sql | null {
  const members = [...new Set(segments)].map((ref) => Prisma.sql`(${membersOf(shopId, ref)})`);
  return members.length === 0 ? null : Prisma.join(members, ' UNION ALL ');
}

/**
 * The customers of a statement with the one column customer_id who are in at least one of these segments now, each once; no
 * segment = all of them. A set operation, because a join of what has no statistics yet goes through all members for each.
 */
export function onlyAmong(customers: Prisma.Sql, shopId: ShopId, segments: readonly string[]): Prisma.Sql {
  const members = amongNow(shopId, segments);
  return members === null
    ? Prisma.sql`SELECT DISTINCT c.customer_id FROM (${customers}) c`
    : Prisma.sql`(${customers}) INTERSECT (${members})`;
}

/** Those of these customers who are in at least one of these segments now, in one statement; null = everybody, see above. */
export async function readAmong(
  scope: ShopScope,
  segments: readonly string[],
  customerIds: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const members = amongNow(scope.shopId, segments);
  if (members === null) return null;
  const asked = toArrayLiteral([...new Set(customerIds)]);
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT m.customer_id AS id FROM (${members}) m WHERE m.customer_id = ANY(${asked}::text[])`;
  return new Set(rows.map(({ id }) => id));
}
