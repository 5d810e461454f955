import { eraseCustomer, hashEmail, upsertCustomers } from '#app/domains/customers/index.ts';
import { deleteExposuresOf } from '#app/domains/experiments/index.ts';
import type { Step } from '#app/domains/inbox/index.ts';
import { anonymiseOrders, readVisitorsOf } from '#app/domains/orders/index.ts';
import { deleteSignalsOf } from '#app/domains/signals/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ConnectedShop } from './connected-shop.ts';

export function customerChanged(services: Services, { ref, platform }: ConnectedShop, id: string): Step[] {
  return [
    {
      name: 'customers',
      async run() {
        const record = await platform.readOne(ref, 'customers', id);
        await services.db.inShop(ref.shopId, async (scope) => {
          if (record?.resource === 'customers') await upsertCustomers(scope, services.secrets, [record.customer]);
          else await eraseCustomer(scope, id, null);
        });
      },
    },
  ];
}

/**
 * A person is forgotten: by id, by the hash of the address, and on each order named. What they did as visitors
 * goes before the orders lose the mark that leads to it. Sums stay.
 */
export function customerErased(
  services: Services,
  { ref }: ConnectedShop,
  person: { customerId: string | null; email: string | null; orderIds: readonly string[] },
): Step[] {
  return [
    {
      name: 'erase',
      run: () =>
        services.db.inShop(ref.shopId, async (scope) => {
          const found = await eraseCustomer(scope, person.customerId, hashEmail(services.secrets, person.email));
          const ids = [...new Set([...found, ...(person.customerId === null ? [] : [person.customerId])])];
          const visitors = await readVisitorsOf(scope, ids, person.orderIds);
          await deleteSignalsOf(scope, visitors);
          await deleteExposuresOf(scope, visitors);
          await anonymiseOrders(scope, ids, person.orderIds);
        }),
    },
  ];
}
