import type { ShopScope } from '#app/infra/database.ts';

/**
 * Orders since then that say of nobody whose they are: they name neither an account nor a mailbox. Cancelled orders,
 * tests and what was given back in full do not count.
 */
export async function countUnnamed({ shopId, tx }: ShopScope, since: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ orders: number }[]>`
    SELECT count(*)::int AS orders FROM "order" o
    WHERE o.shop_id = ${shopId}::uuid AND o.customer_id IS NULL AND o.placed_at >= ${since}
      AND o.cancelled_at IS NULL AND NOT o.test AND NOT (o.total_minor > 0 AND o.refunded_minor >= o.total_minor)
      AND NOT EXISTS (SELECT 1 FROM identity_key k
        WHERE k.shop_id = ${shopId}::uuid AND k.subject = 'o:' || o.id AND k.kind = 'email')`;
  return row?.orders ?? 0;
}
