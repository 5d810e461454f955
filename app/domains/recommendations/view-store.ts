import { bindShop, type Database } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** A product that somebody looked at. */
export interface View {
  readonly visitorId: string;
  readonly productId: string;
  readonly at: Date;
}

const viewsPerFetch = 20_000;
/** What was looked at earlier hardly counts any more. */
const rememberedDays = 90;

/**
 * Streams what visitors looked at in the quarter before a moment, by visitor and then by time, through a cursor. How
 * long a page was in sight is told by another signal of the same view, which is left out.
 */
export async function* streamViews(db: Database, shopId: ShopId, until: Date): AsyncGenerator<View[]> {
  const client = await db.pool.connect();
  try {
    await client.query('BEGIN READ ONLY');
    await bindShop(client, shopId);
    const since = new Date(until.getTime() - rememberedDays * 86_400_000).toISOString();
    await client.query(
      `DECLARE looked NO SCROLL CURSOR FOR
       SELECT visitor_id, product_id, occurred_at FROM signal
       WHERE shop_id = '${shopId}'::uuid AND kind = 'view' AND product_id IS NOT NULL AND dwell_ms IS NULL
         AND occurred_at >= '${since}'::timestamptz AND occurred_at <= '${until.toISOString()}'::timestamptz
       ORDER BY visitor_id, occurred_at, id`,
    );
    for (;;) {
      const { rows } = await client.query<{ visitor_id: string; product_id: string; occurred_at: Date }>(
        `FETCH ${viewsPerFetch} FROM looked`,
      );
      if (rows.length === 0) break;
      yield rows.map((row) => ({ visitorId: row.visitor_id, productId: row.product_id, at: row.occurred_at }));
    }
  } finally {
    await client.query('ROLLBACK').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  }
}
