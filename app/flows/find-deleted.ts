import { z } from 'zod';
import { readProductIdsAfter } from '#app/domains/catalog/index.ts';
import { readCustomerIdsAfter } from '#app/domains/customers/index.ts';
import { readOrderIdsAfter } from '#app/domains/orders/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ExportResource } from '#app/platforms/platform.ts';
import { settleCodes } from './codes/settle-codes.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { forgetPerson } from './customer-flows.ts';
import { forgetOrder } from './order-flows.ts';
import { forgetProduct } from './product-flows.ts';
import { attributeOrders } from './referrals/attribute-orders.ts';

/** Ids asked for in one call; one page is all that is held in memory. */
const pageSize = 100;

/** Where a search for deleted records stands: which resource, and after which id it goes on. */
export const deletedCursor = z.object({
  resource: z.number().int().min(0).default(0),
  after: z.string().default(''),
  gone: z.number().int().min(0).default(0),
});
export type DeletedCursor = z.output<typeof deletedCursor>;

interface Mirror {
  readonly resource: ExportResource;
  readonly idsAfter: (scope: ShopScope, after: string, limit: number) => Promise<string[]>;
  readonly forget: (services: Services, scope: ShopScope, id: string, connected: ConnectedShop) => Promise<void>;
}

const mirrors: readonly Mirror[] = [
  { resource: 'products', idsAfter: readProductIdsAfter, forget: forgetProduct },
  {
    resource: 'customers',
    idsAfter: readCustomerIdsAfter,
    forget: (services, scope, id) => forgetPerson(services, scope, { customerId: id, email: null, orderIds: [] }),
  },
  {
    resource: 'orders',
    idsAfter: readOrderIdsAfter,
    async forget(services, scope, id, connected) {
      await forgetOrder(services, scope, id);
      await settleCodes(services, scope, connected, [id]);
      await attributeOrders(services, scope, [id]);
    },
  },
];

/**
 * Looks for every record that we hold on the platform and forgets those that are gone: deletions whose webhook was
 * lost, or that happened while the app was not installed. Reading changes cannot find them. Returns how many went.
 * @param save called after each page with where to go on
 */
export async function findDeleted(
  services: Services,
  connected: ConnectedShop,
  start: DeletedCursor,
  save: (cursor: DeletedCursor) => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  const { ref, platform } = connected;
  let cursor = start;
  for (;;) {
    signal.throwIfAborted();
    const mirror = mirrors[cursor.resource];
    if (!mirror) return cursor.gone;
    const ids = await services.db.inShop(ref.shopId, (scope) => mirror.idsAfter(scope, cursor.after, pageSize));
    const gone = await platform.findMissing(ref, mirror.resource, ids);
    for (const id of gone)
      await services.db.inShop(ref.shopId, (scope) => mirror.forget(services, scope, id, connected));
    const last = ids.at(-1);
    const total = cursor.gone + gone.length;
    cursor =
      last === undefined
        ? { resource: cursor.resource + 1, after: '', gone: total }
        : { ...cursor, after: last, gone: total };
    await save(cursor);
  }
}
