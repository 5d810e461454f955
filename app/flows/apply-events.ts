import { runSteps, type Step, type StepEvent } from '#app/domains/inbox/index.ts';
import { saveScopes } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { type EventOf, PlatformAccessLost, type PlatformEvent } from '#app/platforms/platform.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { customerChanged, customerDataRequested, customerErased } from './customer-flows.ts';
import { customerMerged } from './customer-merged.ts';
import { orderChanged, orderDeleted } from './order-flows.ts';
import { productChanged, productDeleted, stockChanged } from './product-flows.ts';
import { eraseShop, shopChanged, shopUninstalled } from './shop-flows.ts';

/** An event as it was told. */
export interface ToldEvent extends StepEvent<PlatformEvent> {
  /** when the platform saw it happen */
  readonly triggeredAt: Date | null;
}

type Type = PlatformEvent['type'];

/** Legal duties and goodbyes; everything else is for shops that are connected. */
const always: ReadonlySet<Type> = new Set(['uninstalled', 'shop-erased', 'customer-erased', 'customer-data-requested']);

type Flows = {
  readonly [One in Exclude<Type, 'shop-erased'>]: (
    services: Services,
    connected: ConnectedShop,
  ) => readonly Step<EventOf<One>>[];
};

/** The subscribers of each event. News that need nobody else's answer come first. */
const flows: Flows = {
  'order-changed': orderChanged,
  'customer-changed': customerChanged,
  'product-changed': productChanged,
  'stock-changed': stockChanged,
  'order-deleted': orderDeleted,
  'product-deleted': productDeleted,
  'customer-merged': customerMerged,
  'customer-deleted': (services) =>
    customerErased(services, ({ id }) => ({ customerId: id, email: null, orderIds: [] }), 'later'),
  'customer-erased': (services) => customerErased(services, (person) => person),
  'customer-data-requested': customerDataRequested,
  'shop-changed': shopChanged,
  'scopes-changed': () => [
    {
      name: 'scopes',
      async write(scope, events) {
        for (const { scopes } of events) await saveScopes(scope, scopes);
      },
    },
  ],
  uninstalled: shopUninstalled,
  // The import polls; the message only says that it would find something now.
  'export-finished': () => [],
};

/** Of different records of the mirror: they may change places, as platforms promise no order between them. */
const news: ReadonlySet<Type> = new Set(['order-changed', 'customer-changed', 'product-changed', 'stock-changed']);

/** Whether `next` may be applied together with what begins with `first`. */
export const joins = (first: PlatformEvent, next: PlatformEvent): boolean =>
  first.type === next.type || (news.has(first.type) && news.has(next.type));

/** What became of events, by their keys; one that is in neither says nothing to this shop. */
export interface Applied {
  readonly applied: ReadonlySet<string>;
  readonly failures: ReadonlyMap<string, Error>;
}

/**
 * Runs the flows of events that join: their subscribers, each idempotent and remembered on its own. Events may come twice
 * and in any order, so that each flow converges on the platform's newest state.
 * @param events in the order of their receipt
 * @param close ends what is done, in the transaction that does it where that is possible
 * @throws where the database does not answer
 */
export async function applyEvents(
  services: Services,
  connected: ConnectedShop,
  events: readonly ToldEvent[],
  close: (scope: ShopScope, keys: readonly string[]) => Promise<void>,
): Promise<Applied> {
  const meant = events.filter((told) => isMeant(services, connected, told));
  const types = new Set(meant.map(({ event }) => event.type));
  const applied = new Set<string>();
  const failures = new Map<string, Error>();

  async function applyFlow<One extends keyof Flows>(type: One): Promise<void> {
    const due = meant.filter((told): told is ToldEvent & StepEvent<EventOf<One>> => told.event.type === type);
    const steps = flows[type](services, connected);
    if (steps.length === 0) return;
    const failed = await runSteps(services, connected.ref.shopId, steps, due, close);
    for (const { key } of due) if (!failed.has(key)) applied.add(key);
    for (const [key, error] of failed) failures.set(key, error);
  }

  for (const type of Object.keys(flows) as (keyof Flows)[]) if (types.has(type)) await applyFlow(type);
  if (types.has('shop-erased')) {
    const outcome = await eraseIfGone(services, connected);
    for (const { key } of meant) {
      if (outcome === 'erased') applied.add(key);
      if (outcome instanceof Error) failures.set(key, outcome);
    }
  }
  return { applied, failures };
}

/** Whether an event is one for this shop, and today. */
function isMeant({ log }: Services, { shop }: ConnectedShop, { event, triggeredAt }: ToldEvent): boolean {
  if (shop.status === 'uninstalled' && !always.has(event.type)) return false;
  if ('shopDomain' in event && event.shopDomain !== null && event.shopDomain.toLowerCase() !== shop.domain) {
    // The signature is the body's alone: sent again beside another store's name it must not reach that store.
    log.warn({ shopId: shop.id, type: event.type }, 'a webhook speaks of another store than its header');
    return false;
  }
  // A farewell from before the merchant came back says nothing about today.
  const goodbye = event.type === 'uninstalled' || event.type === 'shop-erased';
  return !(goodbye && shop.status !== 'uninstalled' && triggeredAt && triggeredAt < shop.installedAt);
}

/**
 * Shopify asks for the erasure two days after an uninstall. Who came back meanwhile has let us in again, and would
 * lose everything; where we never heard of the uninstall, there is no access any more. Nothing is left then that could
 * remember a step or be closed.
 */
async function eraseIfGone(services: Services, connected: ConnectedShop): Promise<'erased' | 'kept' | Error> {
  try {
    if (connected.shop.status === 'installed' && (await hasAccess(connected))) return 'kept';
    await eraseShop(services, connected);
    return 'erased';
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** @throws PlatformUnavailable */
async function hasAccess({ platform, ref }: ConnectedShop): Promise<boolean> {
  try {
    await platform.readShop(ref);
    return true;
  } catch (error) {
    if (error instanceof PlatformAccessLost) return false;
    throw error;
  }
}
