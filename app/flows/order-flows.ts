import { noteArrivals } from '#app/domains/completeness/index.ts';
import { forgetKeysOf, keysOfOrder } from '#app/domains/identity/index.ts';
import type { Step } from '#app/domains/inbox/index.ts';
import { earnForOrders } from '#app/domains/loyalty/index.ts';
import { isUndone } from '#app/domains/order-offers/index.ts';
import { deleteOrder, readVisitorsOf, upsertOrders } from '#app/domains/orders/index.ts';
import { noteOrders } from '#app/domains/recommendations/index.ts';
import { readBuyersOf, scoreBuyers } from '#app/domains/segments/index.ts';
import { identifyByOrders, recountIdentities } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { EventOf, PlatformOrder } from '#app/platforms/platform.ts';
import { acceptShown } from './accept-shown.ts';
import { enqueueTelling } from './access/enqueue.ts';
import { settleCodes } from './codes/settle-codes.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { creditBundles } from './credit-bundles.ts';
import { notePersons } from './note-persons.ts';
import { withdrawOfferCode } from './order-offer-code.ts';
import { offerForOrders } from './personal-offers/order-step.ts';
import { attributeOrders } from './referrals/attribute-orders.ts';
import { followLosers, followOrders } from './segments/follow-customers.ts';
import { buryOrder, unburyOrder, withoutBuried } from './order-tombstones.ts';
import { byWebhook } from './save-records.ts';

type OrderChanged = EventOf<'order-changed'>;

/** Orders were placed, paid, changed, cancelled or refunded: the mirror takes the newest version. */
export function orderChanged(services: Services, connected: ConnectedShop): Step<OrderChanged>[] {
  const { ref, platform } = connected;
  const idsOf = (events: readonly OrderChanged[]) => [...new Set(events.map(({ id }) => id))];
  return [
    {
      name: 'orders',
      leads: true,
      when: isTold(connected),
      async write(scope, events) {
        const told = events.flatMap(({ order }) => order ?? []);
        await saveOrders(services, scope, connected, await withoutBuried(scope, told));
      },
    },
    {
      name: 'orders',
      leads: true,
      when: (event) => !isTold(connected)(event),
      subject: ({ id }) => id,
      async run(id) {
        const record = await platform.readOne(ref, 'orders', id);
        await services.db.inShop(ref.shopId, async (scope) => {
          if (record?.resource !== 'orders') {
            await followLosers(services, scope, [id], () => dropOrder(scope, id));
            return;
          }
          await unburyOrder(scope, id);
          await acceptShown(services, scope, [record]);
          await saveOrders(services, scope, connected, [record.order]);
        });
      },
    },
    // An order that names a visitor and a customer says that they are one person.
    { name: 'identity', write: (scope, events) => identifyByOrders(scope, idsOf(events), services.clock.now()) },
    // Their products are to reach the lists within a minute.
    { name: 'suggestions', write: (scope, events) => noteOrders(scope, idsOf(events), services.clock.now()) },
    // Codes of ours that it carries are used, and whoever issued them gives or takes what follows from that.
    { name: 'codes', write: (scope, events) => settleCodes(services, scope, connected, idsOf(events)) },
    // Its buyer moves to the group that the order makes.
    {
      name: 'segments',
      async write(scope, events) {
        await scoreBuyers(scope, await readBuyersOf(scope, idsOf(events)), services.clock.now());
      },
    },
    // Its customer has the points that their orders are worth.
    {
      name: 'loyalty',
      async write(scope, events) {
        const earns = await earnForOrders(scope, idsOf(events), services.clock.now());
        // Balances and levels that the store shows and checks follow.
        if (earns) await enqueueTelling(services, ref.shopId, 'later');
      },
    },
    // They may come into a segment of the merchant, or leave one, by the order, its group and its points.
    { name: 'own-segments', write: (scope, events) => followOrders(services, scope, idsOf(events)) },
    // Its customer may be given an offer.
    { name: 'offers', write: (scope, events) => offerForOrders(services, scope, idsOf(events)) },
    // Whoever recommended the store to its customer is rewarded, or not any more.
    { name: 'referrals', write: (scope, events) => attributeOrders(services, scope, idsOf(events)) },
    {
      name: 'offer-code',
      // Most orders stand: they are spared the step.
      when: ({ order }) => order === null || isUndone(order),
      subject: ({ id }) => id,
      run: (orderId) => withdrawOfferCode(services, connected, { orderId, deleted: false }),
    },
  ];
}

/**
 * What is to be known of the order is in the event. Notices leave out which lines were bought with a plan: of a store that
 * sells with plans the order is read again.
 */
const isTold =
  ({ shop }: ConnectedShop) =>
  ({ order }: OrderChanged): boolean =>
    order !== null &&
    (shop.platformState.sellingPlans !== true || order.lines.every(({ sellingPlan }) => sellingPlan !== undefined));

async function saveOrders(
  { clock, secrets }: Pick<Services, 'clock' | 'secrets'>,
  scope: ShopScope,
  { shop }: ConnectedShop,
  orders: readonly PlatformOrder[],
): Promise<void> {
  const versions = orders.map(({ id, updatedAt }) => ({ resource: 'orders', id, changedAt: updatedAt }) as const);
  await noteArrivals(scope, byWebhook(shop), versions, clock.now());
  const credited = await creditBundles(scope, orders);
  const ids = orders.map(({ id }) => id);
  await followLosers({ clock }, scope, ids, () => upsertOrders(scope, credited));
  await notePersons(
    scope,
    orders.map((order) => keysOfOrder(secrets, order)),
    clock.now(),
  );
}

/** What was earned by a purchase ends with it. */
export function orderDeleted(services: Services, connected: ConnectedShop): Step<EventOf<'order-deleted'>>[] {
  return [
    {
      name: 'orders',
      leads: true,
      async write(scope, events) {
        for (const { id } of events) await forgetOrder(services, scope, id);
      },
    },
    {
      name: 'codes',
      write: (scope, events) =>
        settleCodes(
          services,
          scope,
          connected,
          events.map(({ id }) => id),
        ),
    },
    {
      name: 'offers',
      write: (scope, events) =>
        offerForOrders(
          services,
          scope,
          events.map(({ id }) => id),
        ),
    },
    {
      name: 'referrals',
      write: (scope, events) =>
        attributeOrders(
          services,
          scope,
          events.map(({ id }) => id),
        ),
    },
    {
      name: 'offer-code',
      subject: ({ id }) => id,
      run: (orderId) => withdrawOfferCode(services, connected, { orderId, deleted: true }),
    },
  ];
}

/** Deletes an order for good. */
export async function forgetOrder(services: Pick<Services, 'clock'>, scope: ShopScope, id: string): Promise<void> {
  await buryOrder(scope, id, services.clock.now());
  await followLosers(services, scope, [id], async () => {
    await forgetKeysOf(scope, [`o:${id}`], null);
    await dropOrder(scope, id);
  });
  await earnForOrders(scope, [id], services.clock.now());
}

/** What an order said of whose browser it came from goes with it. */
async function dropOrder(scope: ShopScope, id: string): Promise<void> {
  const visitors = await readVisitorsOf(scope, [], [id]);
  await deleteOrder(scope, id);
  await recountIdentities(scope, visitors);
}
