import type { Database } from '#app/infra/database.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';

/**
 * Reads as one shop in a single round trip: statements of one simple query share a transaction, so the shop that
 * the first one binds holds for the second and is gone after it. A transaction of four messages costs several times
 * as much, which is what a shopper would wait for.
 * @param statement with its values as escaped literals
 */
export async function inOneTrip<Row>(db: Pick<Database, 'pool'>, shopId: ShopId, statement: string): Promise<Row[]> {
  if (!isUuid(shopId)) throw new Error('not a shop id');
  const results = (await db.pool.query(
    `SELECT set_config('app.shop_id', '${shopId}', true); ${statement}`,
  )) as unknown as readonly { rows: Row[] }[];
  return results[1]?.rows ?? [];
}
