import type { ShopScope } from '#app/infra/database.ts';
import type { Programme } from './rules.ts';

/** Two owners of a programme became one: what led to orders through either leads to the one who stays. */
export async function joinClaims(
  { tx, shopId }: ShopScope,
  programme: Programme,
  from: string,
  into: string,
): Promise<void> {
  await tx.attributionClaim.updateMany({ where: { shopId, programme, ownerId: from }, data: { ownerId: into } });
  await tx.$executeRaw`
    INSERT INTO attribution_touch (shop_id, order_id, programme, owner_id, how, touched_at)
    SELECT shop_id, order_id, programme, ${into}, how, touched_at FROM attribution_touch
    WHERE shop_id = ${shopId}::uuid AND programme = ${programme} AND owner_id = ${from} ON CONFLICT DO NOTHING`;
  await tx.attributionTouch.deleteMany({ where: { shopId, programme, ownerId: from } });
}
