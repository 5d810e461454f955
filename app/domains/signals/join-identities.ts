import type { ShopScope } from '#app/infra/database.ts';

/** Two customers became one: browsers of the first are the second's. Whoever was taken apart stays so. */
export async function joinIdentities({ tx, shopId }: ShopScope, from: string, into: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO visitor_identity AS known (shop_id, visitor_id, customer_id, orders, logins, first_seen_at, last_seen_at, split_at)
    SELECT shop_id, visitor_id, ${into}, orders, logins, first_seen_at, last_seen_at, split_at FROM visitor_identity
    WHERE shop_id = ${shopId}::uuid AND customer_id = ${from}
    ON CONFLICT (shop_id, visitor_id, customer_id) DO UPDATE SET orders = known.orders + excluded.orders,
      logins = known.logins + excluded.logins, first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at),
      split_at = coalesce(known.split_at, excluded.split_at)`;
  await tx.visitorIdentity.deleteMany({ where: { shopId, customerId: from } });
  await tx.signal.updateMany({ where: { shopId, customerId: from }, data: { customerId: into } });
}
