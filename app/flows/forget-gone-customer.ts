import { findCustomerIds } from '#app/domains/customers/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { forgetPerson } from './customer-flows.ts';

/** Forgets what was kept in case that the customer turns out to have become another; of one who did nothing is left. */
const forgetGone: JobHandler<{ shopId: ShopId; customerId: string }> = async ({ shopId, customerId }, { services }) => {
  await services.db.inShop(shopId, async (scope) => {
    if (!(await findShop(scope))) return;
    // The store has them after all, or again.
    const { ids } = await findCustomerIds(scope, { ids: [customerId], hashes: [] });
    if (!ids.has(customerId)) await forgetPerson(services, scope, { customerId, email: null, orderIds: [] });
  });
};

export default forgetGone;
