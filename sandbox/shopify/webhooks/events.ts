import type { AdminStore, BeforeImages } from '../admin-store.ts';
import type { SandboxChange, SandboxInstallation, SandboxOrder, SandboxProduct } from '../model.ts';
import { customerPayload } from './customer-payload.ts';
import { orderPayload } from './order-payload.ts';
import { refundPayload } from './refund-payload.ts';
import type { PayloadValue } from './payload-json.ts';
import { inventoryItemPayload, inventoryLevelPayload, productPayload, shopPayload } from './payloads.ts';

export interface TopicEvent {
  readonly topic: string;
  readonly payload: { readonly [key: string]: PayloadValue };
}

/** What Shopify tells its subscribers of a change of a store. */
export function eventsOf(
  change: SandboxChange,
  store: AdminStore,
  before: BeforeImages,
  previous: SandboxInstallation | null,
  sandboxUrl: string,
): TopicEvent[] {
  const { id, action } = change;
  const was = before.get(`${change.table}/${id}`);
  const now = store.now().toISOString();
  switch (change.table) {
    case 'products':
      return productEvents(store.products.get(id), was as SandboxProduct | undefined, change, sandboxUrl);
    case 'orders': {
      const order = store.orders.get(id);
      if (order === undefined) return [{ topic: 'orders/delete', payload: { id: BigInt(id) } }];
      const payload = orderPayload(store, order);
      if (action === 'create')
        return [
          { topic: 'orders/create', payload },
          { topic: 'orders/paid', payload },
        ];
      const cancelled = order.cancelledAt !== null && (was as SandboxOrder | undefined)?.cancelledAt === null;
      return [{ topic: 'orders/updated', payload }, ...(cancelled ? [{ topic: 'orders/cancelled', payload }] : [])];
    }
    case 'refunds': {
      const refund = store.refunds.get(id);
      const order = store.orders.get(refund?.orderId ?? '');
      return refund === undefined || order === undefined || action !== 'create'
        ? []
        : [{ topic: 'refunds/create', payload: refundPayload(store, order, refund) }];
    }
    case 'customers': {
      const customer = store.customers.get(id);
      if (customer === undefined)
        return [
          {
            topic: 'customers/delete',
            payload: { id: BigInt(id), admin_graphql_api_id: `gid://shopify/Customer/${id}`, tax_exemptions: [] },
          },
        ];
      return [{ topic: `customers/${action}`, payload: customerPayload(customer, store.shop.currency) }];
    }
    case 'shop':
      return [{ topic: 'shop/update', payload: shopPayload(store.shop, now) }];
    case 'installation': {
      if (action === 'delete') return [{ topic: 'app/uninstalled', payload: shopPayload(store.shop, now) }];
      const current = store.installation?.scopes ?? [];
      if (action === 'create' || previous === null || previous.scopes.join() === current.join()) return [];
      return [
        {
          topic: 'app/scopes_update',
          payload: {
            id: BigInt(id),
            previous: [...previous.scopes],
            current: [...current],
            shop_id: `gid://shopify/Shop/${store.shop.id}`,
            updated_at: now,
          },
        },
      ];
    }
    case 'collections':
    case 'metafields':
    case 'discounts':
    case 'redeemCodes':
    case 'themeBlocks':
    case 'cartTransforms':
    case 'validations':
    case 'pixel':
      return [];
  }
}

function productEvents(
  product: SandboxProduct | undefined,
  was: SandboxProduct | undefined,
  change: SandboxChange,
  sandboxUrl: string,
): TopicEvent[] {
  if (product === undefined) return [{ topic: 'products/delete', payload: { id: BigInt(change.id) } }];
  const events: TopicEvent[] = [{ topic: `products/${change.action}`, payload: productPayload(product, sandboxUrl) }];
  for (const variant of product.variants) {
    const old = was?.variants.find((candidate) => candidate.id === variant.id);
    if (old === undefined) continue;
    if (old.inventoryQuantity !== variant.inventoryQuantity)
      events.push({ topic: 'inventory_levels/update', payload: inventoryLevelPayload(variant, product.updatedAt) });
    if (old.unitCost !== variant.unitCost || old.tracked !== variant.tracked)
      events.push({ topic: 'inventory_items/update', payload: inventoryItemPayload(product, variant) });
  }
  return events;
}
