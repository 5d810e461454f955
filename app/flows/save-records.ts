import { upsertProducts } from '#app/domains/catalog/index.ts';
import { type Coming, noteArrivals } from '#app/domains/completeness/index.ts';
import { upsertCustomers } from '#app/domains/customers/index.ts';
import { upsertContacts } from '#app/domains/notifications/index.ts';
import { keysOfCustomer, keysOfOrder } from '#app/domains/identity/index.ts';
import { earnForOrders, welcomeAccounts } from '#app/domains/loyalty/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { watchAvailability } from '#app/domains/recommendations/index.ts';
import { holdTenant, noteSellingPlans, type Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { PlatformOrder, PlatformRecord } from '#app/platforms/platform.ts';
import { acceptShown, versionOf } from './accept-shown.ts';
import { creditBundles } from './credit-bundles.ts';
import { notePersons } from './note-persons.ts';
import { standingOrders } from './order-tombstones.ts';

/** There is nobody any more whose records these could be. */
class ShopErased extends Error {}

/**
 * Writes records of any kind to their mirror in one transaction and notes how they came; older versions change nothing.
 * @param coming.readAt when the platform was asked for them, or earlier
 * @returns how many were written
 * @throws ShopErased
 */
export async function saveRecords(
  { secrets, clock }: Pick<Services, 'secrets' | 'clock'>,
  scope: ShopScope,
  records: readonly PlatformRecord[],
  coming: Coming & { readonly readAt: Date },
): Promise<number> {
  // An import may go on for a moment after the shop was erased.
  if (!(await holdTenant(scope))) throw new ShopErased('the shop was erased');
  const products = records.flatMap((record) => (record.resource === 'products' ? [record.product] : []));
  const customers = records.flatMap((record) => (record.resource === 'customers' ? [record.customer] : []));
  const orders = await standingOrders(
    scope,
    records.flatMap((record) => (record.resource === 'orders' ? [record.order] : [])),
    coming.readAt,
  );
  const standing = new Set(orders);
  const taken = records.filter((record) => record.resource !== 'orders' || standing.has(record.order));
  await acceptShown({ clock }, scope, taken);
  await noteArrivals(scope, coming, taken.map(versionOf), clock.now());
  const save = () => upsertProducts(scope, products);
  const saved = await watchAvailability(
    scope,
    products.map((product) => product.id),
    clock.now(),
    save,
  );
  const written = [
    saved,
    await upsertCustomers(scope, secrets, customers),
    await upsertOrders(scope, await creditBundles(scope, orders)),
  ];
  // From then on the store is asked for what its notices of orders leave out.
  if (products.some(({ sellingPlans }) => sellingPlans) || orders.some(hasSellingPlan)) await noteSellingPlans(scope);
  await notePersons(
    scope,
    [
      ...customers.map((customer) => keysOfCustomer(secrets, customer)),
      ...orders.map((order) => keysOfOrder(secrets, order)),
    ],
    clock.now(),
  );
  await upsertContacts(scope, secrets, customers);
  await welcomeAccounts(
    scope,
    customers.map(({ id }) => id),
    clock.now(),
  );
  await earnForOrders(
    scope,
    orders.map(({ id }) => id),
    clock.now(),
  );
  return written.reduce((sum, ids) => sum + ids.length, 0);
}

const hasSellingPlan = ({ lines }: PlatformOrder): boolean => lines.some(({ sellingPlan }) => sellingPlan === true);

/** How records come that a webhook of this shop speaks of. */
export function byWebhook({ platformState }: Pick<Shop, 'platformState'>): Coming {
  return { way: 'webhook', skewMs: platformState.clockSkewMs ?? 0, since: null };
}
