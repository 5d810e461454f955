import { upsertProducts } from '#app/domains/catalog/index.ts';
import { upsertCustomers } from '#app/domains/customers/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Secrets } from '#app/infra/secrets.ts';
import type { PlatformRecord } from '#app/platforms/platform.ts';

/** Writes records of any kind to their mirror in one transaction; older versions change nothing. Returns how many were written. */
export async function saveRecords(scope: ShopScope, secrets: Secrets, records: readonly PlatformRecord[]): Promise<number> {
  const products = records.flatMap((record) => (record.resource === 'products' ? [record.product] : []));
  const customers = records.flatMap((record) => (record.resource === 'customers' ? [record.customer] : []));
  const orders = records.flatMap((record) => (record.resource === 'orders' ? [record.order] : []));
  const written = [await upsertProducts(scope, products), await upsertCustomers(scope, secrets, customers), await upsertOrders(scope, orders)];
  return written.reduce((sum, ids) => sum + ids.length, 0);
}
