import type pg from 'pg';
import type { ShopId } from '#app/shared/ids.ts';
import { bindShop, type Database } from './database.ts';

/**
 * Streams what a SELECT finds in a shop through a cursor: memory stays at one fetch however much there is. One snapshot
 * of the data for all fetches.
 */
export async function* streamRows<Row extends pg.QueryResultRow>(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  { select, rowsPerFetch }: { readonly select: string; readonly rowsPerFetch: number },
): AsyncGenerator<Row[]> {
  const client = await db.pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await bindShop(client, shopId);
    await client.query(`DECLARE streamed NO SCROLL CURSOR FOR ${select}`);
    for (;;) {
      const { rows } = await client.query<Row>(`FETCH ${rowsPerFetch} FROM streamed`);
      if (rows.length === 0) break;
      yield rows;
    }
  } finally {
    await client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  }
}
