import { upsertProducts } from '#app/domains/catalog/index.ts';
import { upsertCustomers } from '#app/domains/customers/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { watchAvailability } from '#app/domains/recommendations/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { PlatformRecord } from '#app/platforms/platform.ts';

/** Writes records of any kind to their mirror in one transaction; older versions change nothing. Returns how many were written. */
export async function saveRecords(
  { secrets, clock }: Pick<Services, 'secrets' | 'clock'>,
  scope: ShopScope,
  records: readonly PlatformRecord[],
): Promise<number> {
  const products = records.flatMap((record) => (record.resource === 'products' ? [record.product] : []));
  const customers = records.flatMap((record) => (record.resource === 'customers' ? [record.customer] : []));
  const orders = records.flatMap((record) => (record.resource === 'orders' ? [record.order] : []));
  const save = () => upsertProducts(scope, products);
  const saved = await watchAvailability(
    scope,
    products.map((product) => product.id),
    clock.now(),
    save,
  );
  const written = [saved, await upsertCustomers(scope, secrets, customers), await upsertOrders(scope, orders)];
  return written.reduce((sum, ids) => sum + ids.length, 0);
}
