import { z } from 'zod';
import { readProductIdsAfter } from '#app/domains/catalog/index.ts';
import { changedCustomers, readCustomerIdsAfter } from '#app/domains/customers/index.ts';
import { readOrderIdsAfter } from '#app/domains/orders/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ExportResource, PlatformRecord } from '#app/platforms/platform.ts';
import { acceptShown } from './accept-shown.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { forgetGonePerson } from './customer-flows.ts';
import { followUntoldOrders } from './follow-untold-orders.ts';
import { forgetOrder } from './order-flows.ts';
import { forgetProduct } from './product-flows.ts';
import { saveRecords } from './save-records.ts';

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
    forget: (services, scope, id) => forgetGonePerson(services, scope, id),
  },
  {
    resource: 'orders',
    idsAfter: readOrderIdsAfter,
    async forget(services, scope, id, connected) {
      await forgetOrder(services, scope, id);
      await followUntoldOrders(services, scope, connected, [id]);
    },
  },
];

/**
 * Looks for every record that we hold on the platform and forgets those that are gone: deletions whose webhook was
 * lost, or that happened while the app was not installed. Reading changes cannot find them. What the platform shows on
 * the way in a newer version is saved. Returns how many went.
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
    const readAt = services.clock.now();
    const { missing: gone, seen } = await platform.compare(ref, mirror.resource, ids);
    await saveNewer(services, connected, seen, readAt);
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

/** Saves of the records what is newer than what we hold. */
async function saveNewer(
  services: Services,
  { ref, shop }: ConnectedShop,
  seen: readonly PlatformRecord[],
  readAt: Date,
): Promise<void> {
  const customers = seen.flatMap((record) => (record.resource === 'customers' ? [record.customer] : []));
  if (customers.length === 0) return;
  const skewMs = shop.platformState.clockSkewMs ?? 0;
  await services.db.inShop(ref.shopId, async (scope) => {
    await acceptShown(services, scope, seen);
    const changed = await changedCustomers(scope, customers);
    const ids = new Set(changed.map(({ id }) => id));
    const records = seen.filter((record) => record.resource === 'customers' && ids.has(record.customer.id));
    if (records.length > 0)
      await saveRecords(services, scope, records, { way: 'reconciliation', skewMs, since: null, readAt });
  });
}
