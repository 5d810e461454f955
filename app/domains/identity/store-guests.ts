import type { ShopScope } from '#app/infra/database.ts';

/** Buyers without an account in the store. */
interface Guests {
  /** mailboxes that ordered without one */
  readonly buyers: number;
  /** those of them that an account has as well */
  readonly withAccount: number;
  readonly orders: number;
  /** of the orders, those that do not say whose they are */
  readonly unnamed: number;
}

/**
 * Who ordered without an account since then, as far as orders tell: one mailbox is one buyer. Cancelled orders, tests and
 * what was given back in full do not count.
 */
export async function countGuests(scope: ShopScope, since: Date): Promise<Guests> {
  const [row] = await scope.tx.$queryRaw<Guests[]>`
    WITH placed AS (
      SELECT o.id, (SELECT min(k.hash) FROM identity_key k
        WHERE k.shop_id = ${scope.shopId}::uuid AND k.subject = 'o:' || o.id AND k.kind = 'email') AS box
      FROM "order" o WHERE o.shop_id = ${scope.shopId}::uuid AND o.customer_id IS NULL AND o.placed_at >= ${since}
        AND o.cancelled_at IS NULL AND NOT o.test AND NOT (o.total_minor > 0 AND o.refunded_minor >= o.total_minor)
    ), boxes AS (SELECT DISTINCT box FROM placed WHERE box IS NOT NULL)
    SELECT (SELECT count(*)::int FROM boxes) AS buyers, count(*)::int AS orders,
      (count(*) FILTER (WHERE box IS NULL))::int AS unnamed,
      (SELECT count(*)::int FROM boxes b WHERE EXISTS (SELECT 1 FROM identity_key k WHERE k.shop_id = ${scope.shopId}::uuid
        AND k.kind = 'email' AND k.hash = b.box AND k.subject LIKE 'c:%')) AS "withAccount"
    FROM placed`;
  return row ?? { buyers: 0, withAccount: 0, orders: 0, unnamed: 0 };
}
