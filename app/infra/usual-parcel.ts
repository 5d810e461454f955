import type { ShopScope } from './database.ts';

/** Fewer parcels tell nothing about the next. */
const fewest = 5;

/**
 * What delivering an order usually costs, which is what the merchant is taken to pay for it as well (decision 44): the
 * median of what shoppers paid and discounts took off it, in minor units of the shop's currency with the tax that prices
 * contain. Orders that the store itself sends free say nothing of it; null where fewer than five do.
 */
export async function readUsualParcel({ tx, shopId }: ShopScope, from: Date, until: Date): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ parcels: number; minor: number | null }[]>`
    SELECT count(*)::int AS parcels, percentile_disc(0.5) WITHIN GROUP (ORDER BY minor)::float8 AS minor
    FROM (
      SELECT o.shipping_minor + coalesce(o.shipping_off_minor, 0) AS minor FROM "order" o JOIN shop s ON s.id = o.shop_id
      WHERE o.shop_id = ${shopId}::uuid AND o.placed_at >= ${from} AND o.placed_at < ${until}
        AND o.cancelled_at IS NULL AND NOT o.test AND o.currency = s.currency AND o.shipping_minor IS NOT NULL
    ) parcel WHERE minor > 0`;
  return row && row.parcels >= fewest ? row.minor : null;
}
