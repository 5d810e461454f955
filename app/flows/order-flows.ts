import { readFinishedSteps, saveFinishedStep, type Step } from '#app/domains/inbox/index.ts';
import { deleteOrder, upsertOrders } from '#app/domains/orders/index.ts';
import { noteOrder } from '#app/domains/recommendations/index.ts';
import { identifyByOrder } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { PlatformEvent } from '#app/platforms/platform.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { enqueueFreshening } from './enqueue-freshening.ts';

type OrderChanged = Extract<PlatformEvent, { type: 'order-changed' }>;

/** An order was placed, paid, changed, cancelled or refunded: the mirror takes the newest version. */
export function orderChanged(services: Services, connected: ConnectedShop, event: OrderChanged): Step[] {
  const { ref, platform } = connected;
  return [
    {
      name: 'orders',
      async run() {
        if (event.order) {
          const { order } = event;
          await services.db.inShop(ref.shopId, async (scope) => {
            const deleted = await readFinishedSteps(scope, tombstone(event.id));
            if (deleted.size === 0) await upsertOrders(scope, [order]);
          });
          return;
        }
        const record = await platform.readOne(ref, 'orders', event.id);
        await services.db.inShop(ref.shopId, async (scope) => {
          if (record?.resource === 'orders') await upsertOrders(scope, [record.order]);
          else await deleteOrder(scope, event.id);
        });
      },
    },
    identityStep(services, connected, event.id),
    suggestionsStep(services, connected, event.id),
  ];
}

/** An order that names a visitor and a customer says that they are one person. */
function identityStep(services: Services, { ref }: ConnectedShop, orderId: string): Step {
  return {
    name: 'identity',
    run: () => services.db.inShop(ref.shopId, (scope) => identifyByOrder(scope, orderId, services.clock.now())),
  };
}

/** The products of an order are to reach the lists within a minute; orders come in bursts. */
function suggestionsStep(services: Services, { ref }: ConnectedShop, orderId: string): Step {
  return {
    name: 'suggestions',
    async run() {
      await services.db.inShop(ref.shopId, (scope) => noteOrder(scope, orderId, services.clock.now()));
      await enqueueFreshening(services, ref.shopId);
    },
  };
}

/** Under this key a deletion is remembered, so that an update that it has overtaken does not bring the order back. */
const tombstone = (orderId: string) => `order-deleted:${orderId}`;

export function orderDeleted(services: Services, { ref }: ConnectedShop, id: string): Step[] {
  return [{ name: 'orders', run: () => services.db.inShop(ref.shopId, (scope) => forgetOrder(services, scope, id)) }];
}

/** Deletes an order for good. */
export async function forgetOrder(services: Pick<Services, 'clock'>, scope: ShopScope, id: string): Promise<void> {
  await saveFinishedStep(scope, tombstone(id), 'orders', services.clock.now());
  await deleteOrder(scope, id);
}
