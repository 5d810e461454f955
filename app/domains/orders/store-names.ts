import type { ShopScope } from '#app/infra/database.ts';

/** What the store calls these orders, such as `#1001`; by id, without those that are gone. */
export async function readOrderNames(scope: ShopScope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await scope.tx.order.findMany({
    where: { shopId: scope.shopId, id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
