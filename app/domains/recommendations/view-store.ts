import type { Database } from '#app/infra/database.ts';
import { streamRows } from '#app/infra/stream-rows.ts';
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
 * Streams what visitors looked at in the quarter before a moment, by visitor and then by time. How long a page was in
 * sight is told by another signal of the same view, which is left out.
 */
export function streamViews(db: Database, shopId: ShopId, until: Date): AsyncGenerator<View[]> {
  const since = new Date(until.getTime() - rememberedDays * 86_400_000).toISOString();
  return streamRows<View>(db, shopId, {
    select: `
      SELECT visitor_id AS "visitorId", product_id AS "productId", occurred_at AS at FROM signal
      WHERE shop_id = '${shopId}'::uuid AND kind = 'view' AND product_id IS NOT NULL AND dwell_ms IS NULL
        AND occurred_at >= '${since}'::timestamptz AND occurred_at <= '${until.toISOString()}'::timestamptz
      ORDER BY visitor_id, occurred_at, id`,
    rowsPerFetch: viewsPerFetch,
  });
}
