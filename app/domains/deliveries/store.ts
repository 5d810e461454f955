import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import type { BundleId, ShopId } from '#app/shared/ids.ts';
import { type BundleDelivery, type Delivery, deliverySchema, problemSchema } from './model.ts';

/** Every bundle of the shop for which something else than the discount was chosen, or whose product still exists. */
export async function readDeliveries(scope: ShopScope): Promise<BundleDelivery[]> {
  const rows = await scope.tx.bundleDelivery.findMany({
    where: { shopId: scope.shopId },
    orderBy: { bundleId: 'asc' },
  });
  return rows.map((row) => ({
    bundleId: row.bundleId as BundleId,
    delivery: deliverySchema.parse(row.delivery),
    productId: row.productId,
    variantId: row.variantId,
    soldBps: row.soldBps,
    operation: row.operation,
    problem: problemSchema.nullable().parse(row.problem),
  }));
}

/** Keeps what the merchant chose; what stands on the platform stays known until it is brought in line. */
export async function saveChoice(scope: ShopScope, bundleId: BundleId, delivery: Delivery): Promise<void> {
  await scope.tx.bundleDelivery.upsert({
    where: { shopId_bundleId: { shopId: scope.shopId, bundleId } },
    create: { shopId: scope.shopId, bundleId, delivery },
    update: { delivery },
  });
}

/** Keeps how far a bundle's product has come. */
export async function saveProgress(
  scope: ShopScope,
  bundleId: BundleId,
  progress: Partial<Pick<BundleDelivery, 'productId' | 'variantId' | 'soldBps' | 'operation' | 'problem'>>,
): Promise<void> {
  await scope.tx.bundleDelivery.updateMany({ where: { shopId: scope.shopId, bundleId }, data: progress });
}

/** Forgets a bundle that is delivered by discount and has nothing left on the platform. */
export async function forgetDelivery(scope: ShopScope, bundleId: BundleId): Promise<void> {
  await scope.tx.bundleDelivery.deleteMany({ where: { shopId: scope.shopId, bundleId } });
}

/** Shops that have anything to deliver other than by discount. */
export async function listShopsWithDeliveries(scope: SystemScope): Promise<ShopId[]> {
  const rows = await scope.tx.bundleDelivery.findMany({ distinct: ['shopId'], select: { shopId: true } });
  return rows.map((row) => row.shopId as ShopId);
}

/** Whether a bundle that has a product or line of its own holds a product. */
export async function isDeliveredPart(scope: ShopScope, productId: string): Promise<boolean> {
  const [row] = await scope.tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM bundle_item i JOIN bundle_delivery d ON d.shop_id = i.shop_id AND d.bundle_id = i.bundle_id
      WHERE i.shop_id = ${scope.shopId}::uuid AND i.product_id = ${productId} AND d.delivery <> 'discount') AS found`;
  return row?.found ?? false;
}
