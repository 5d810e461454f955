import type { ShopScope } from '#app/infra/database.ts';
import { readEarningCustomers, readPastOrders } from '../store-orders.ts';
import { simulateCustomer, type Simulated, type Simulation } from './simulate.ts';
import { readBirthdaysTold, readBuyerIdsAfter } from './store-report.ts';

/** What the programme would have given to the customers with these ids. */
export interface SimulatedPage {
  readonly sum: Simulation;
  /** the last customer of the page; null where there are no more */
  readonly next: string | null;
}

/** Adds the next customers to a simulation. */
export async function simulateCustomers(
  scope: ShopScope,
  simulated: Simulated,
  page: { readonly sum: Simulation; readonly after: string; readonly limit: number },
): Promise<SimulatedPage> {
  const { settings, since } = simulated;
  const ids = await readBuyerIdsAfter(scope, since, page.after, page.limit);
  const collections = settings.rules.flatMap((rule) => (rule.kind === 'product-multiplier' ? rule.collectionIds : []));
  const starts = ids.map((id) => ({ id, from: since }));
  const orders = Map.groupBy(await readPastOrders(scope, starts, collections), ({ customerId }) => customerId);
  const born = await readBirthdaysTold(scope, ids);
  let { sum } = page;
  for (const customer of await readEarningCustomers(scope, starts, since))
    sum = simulateCustomer(
      sum,
      orders.get(customer.id) ?? [],
      { ...customer, birthday: born.has(customer.id) },
      simulated,
    );
  return { sum, next: ids.length < page.limit ? null : (ids.at(-1) ?? null) };
}
