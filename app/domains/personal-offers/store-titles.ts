import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';

/** Titles of the offers that these grants are of, by the grants' ids. */
export async function readGrantTitles(scope: ShopScope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await scope.tx.$queryRaw<{ id: string; title: string }[]>`
    SELECT g.id::text AS id, o.title FROM personal_offer_grant g
    JOIN personal_offer o ON o.shop_id = g.shop_id AND o.id = g.offer_id
    WHERE g.shop_id = ${scope.shopId}::uuid AND g.id = ANY(${toArrayLiteral(ids.filter(isUuid))}::uuid[])`;
  return new Map(rows.map(({ id, title }) => [id, title]));
}
