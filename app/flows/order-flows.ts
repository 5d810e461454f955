import type { Step } from '#app/domains/inbox/index.ts';
import { noteArrivals } from '#app/domains/completeness/index.ts';
import { isUndone } from '#app/domains/order-offers/index.ts';
import { deleteOrder, upsertOrders } from '#app/domains/orders/index.ts';
import { noteOrder } from '#app/domains/recommendations/index.ts';
import { identifyByOrder } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { PlatformEvent, PlatformOrder } from '#app/platforms/platform.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { creditBundles } from './credit-bundles.ts';
import { withdrawOfferCode } from './order-offer-code.ts';
import { buryOrder, isBuried, unburyOrder } from './order-tombstones.ts';
import { byWebhook } from './save-records.ts';

type OrderChanged = Extract<PlatformEvent, { type: 'order-changed' }>;

/** An order was placed, paid, changed, cancelled or refunded: the mirror takes the newest version. */
export function orderChanged(services: Services, connected: ConnectedShop, event: OrderChanged): Step[] {
  const { ref, platform } = connected;
  const { order } = event;
  const mirror: Step = order
    ? {
        name: 'orders',
        async write(scope) {
          if (!(await isBuried(scope, event.id))) await saveOrder(services, scope, connected, order);
        },
      }
    : {
        name: 'orders',
        async run() {
          const record = await platform.readOne(ref, 'orders', event.id);
          await services.db.inShop(ref.shopId, async (scope) => {
            if (record?.resource !== 'orders') return void (await deleteOrder(scope, event.id));
            await unburyOrder(scope, event.id);
            await saveOrder(services, scope, connected, record.order);
          });
        },
      };
  return [
    mirror,
    // An order that names a visitor and a customer says that they are one person.
    { name: 'identity', write: (scope) => identifyByOrder(scope, event.id, services.clock.now()) },
    // Its products are to reach the lists within a minute.
    { name: 'suggestions', write: (scope) => noteOrder(scope, event.id, services.clock.now()) },
    // Most orders stand: they are spared the step.
    ...(order && !isUndone(order) ? [] : [offerCodeStep(services, connected, { orderId: event.id, deleted: false })]),
  ];
}

async function saveOrder(
  { clock }: Pick<Services, 'clock'>,
  scope: ShopScope,
  { shop }: ConnectedShop,
  order: PlatformOrder,
): Promise<void> {
  const version = { resource: 'orders', id: order.id, changedAt: order.updatedAt } as const;
  await noteArrivals(scope, byWebhook(shop), [version], clock.now());
  await upsertOrders(scope, await creditBundles(scope, [order]));
}

/** What was earned by a purchase ends with it. */
const offerCodeStep = (
  services: Services,
  connected: ConnectedShop,
  order: Parameters<typeof withdrawOfferCode>[2],
): Step => ({ name: 'offer-code', run: () => withdrawOfferCode(services, connected, order) });

export function orderDeleted(services: Services, connected: ConnectedShop, id: string): Step[] {
  return [
    { name: 'orders', write: (scope) => forgetOrder(services, scope, id) },
    offerCodeStep(services, connected, { orderId: id, deleted: true }),
  ];
}

/** Deletes an order for good. */
export async function forgetOrder(services: Pick<Services, 'clock'>, scope: ShopScope, id: string): Promise<void> {
  await buryOrder(scope, id, services.clock.now());
  await deleteOrder(scope, id);
}
