import { runSteps, type Step, type StepEvent } from '#app/domains/inbox/index.ts';
import { saveProfile, saveScopes } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformAccessLost, type PlatformEvent } from '#app/platforms/platform.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { customerChanged, customerDataRequested, customerErased } from './customer-flows.ts';
import { orderChanged, orderDeleted } from './order-flows.ts';
import { productChanged, productDeleted, stockChanged } from './product-flows.ts';
import { eraseShop, shopUninstalled } from './shop-flows.ts';

export interface EventFacts extends StepEvent {
  /** when the platform saw it happen */
  readonly triggeredAt: Date | null;
}

/** Legal duties and goodbyes; everything else is for shops that are connected. */
const always: ReadonlySet<PlatformEvent['type']> = new Set([
  'uninstalled',
  'shop-erased',
  'customer-erased',
  'customer-data-requested',
]);

/**
 * Runs the flow of one event: its subscribers, each idempotent and remembered on its own. Events may come twice
 * and in any order, so that each flow converges on the platform's newest state. What is done is closed.
 * @throws AggregateError with what failed in this round
 */
export async function applyEvent(
  services: Services,
  connected: ConnectedShop,
  event: PlatformEvent,
  facts: EventFacts,
): Promise<'done' | 'ignored'> {
  const { shop, ref } = connected;
  if (shop.status === 'uninstalled' && !always.has(event.type)) return 'ignored';
  if ('shopDomain' in event && event.shopDomain !== null && event.shopDomain.toLowerCase() !== shop.domain) {
    // The signature is the body's alone: sent again beside another store's name it must not reach that store.
    services.log.warn({ shopId: shop.id, type: event.type }, 'a webhook speaks of another store than its header');
    return 'ignored';
  }
  // A farewell from before the merchant came back says nothing about today.
  const goodbye = event.type === 'uninstalled' || event.type === 'shop-erased';
  if (goodbye && shop.status !== 'uninstalled' && facts.triggeredAt && facts.triggeredAt < shop.installedAt)
    return 'ignored';
  if (event.type === 'shop-erased') {
    if (shop.status === 'installed' && (await hasAccess(connected))) return 'ignored';
    await eraseShop(services, connected);
    await services.db.inShop(ref.shopId, facts.close);
    return 'done';
  }
  const steps = stepsOf(services, connected, event, facts.key);
  if (steps.length === 0) return 'ignored';
  await runSteps(services, ref.shopId, facts, steps);
  return 'done';
}

/**
 * Shopify asks for the erasure two days after an uninstall. Who came back meanwhile has let us in again, and would
 * lose everything; where we never heard of the uninstall, there is no access any more.
 * @throws PlatformUnavailable
 */
async function hasAccess({ platform, ref }: ConnectedShop): Promise<boolean> {
  try {
    await platform.readShop(ref);
    return true;
  } catch (error) {
    if (error instanceof PlatformAccessLost) return false;
    throw error;
  }
}

function stepsOf(
  services: Services,
  connected: ConnectedShop,
  event: Exclude<PlatformEvent, { type: 'shop-erased' }>,
  key: string,
): readonly Step[] {
  const { platform, ref } = connected;
  switch (event.type) {
    case 'order-changed':
      return orderChanged(services, connected, event);
    case 'order-deleted':
      return orderDeleted(services, connected, event.id);
    case 'product-changed':
      return productChanged(services, connected, event.id);
    case 'product-deleted':
      return productDeleted(services, connected, event.id);
    case 'stock-changed':
      return stockChanged(services, connected, event.inventoryItemId);
    case 'customer-changed':
      return customerChanged(services, connected, event.id);
    case 'customer-deleted':
      return customerErased(services, { customerId: event.id, email: null, orderIds: [] });
    case 'customer-erased':
      return customerErased(services, event);
    case 'customer-data-requested':
      return customerDataRequested(services, connected, event, key);
    case 'shop-changed':
      return [
        {
          name: 'profile',
          run: async () => {
            const profile = await platform.readShop(ref);
            await services.db.inShop(ref.shopId, (scope) => saveProfile(scope, profile));
          },
        },
      ];
    case 'scopes-changed':
      return [{ name: 'scopes', write: (scope) => saveScopes(scope, event.scopes) }];
    case 'uninstalled':
      return shopUninstalled(services);
    case 'export-finished':
      // The import polls; the message only says that it would find something now.
      return [];
  }
}
