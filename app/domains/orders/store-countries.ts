import type { ShopScope } from '#app/infra/database.ts';

/** The country that the latest order of each of these customers names; who has no such order is left out. */
export async function readLatestCountries(
  { tx, shopId }: ShopScope,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (customerIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ customerId: string; country: string }[]>`
    SELECT DISTINCT ON (customer_id) customer_id AS "customerId", country FROM "order"
    WHERE shop_id = ${shopId}::uuid AND customer_id = ANY(${[...customerIds]}::text[]) AND country IS NOT NULL
    ORDER BY customer_id, placed_at DESC, id DESC`;
  return new Map(rows.map(({ customerId, country }) => [customerId, country]));
}
