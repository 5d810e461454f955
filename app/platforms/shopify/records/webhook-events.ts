import { z } from 'zod';
import { type PlatformEvent, PlatformRefusal } from '#app/platforms/platform.ts';
import { parseLossless } from '#app/shared/lossless-json.ts';
import { instant, toOrderFromWebhook, webhookId, webhookOrder } from './webhook-order.ts';

const changed = z.object({ id: webhookId, updated_at: instant.nullish().catch(null) });
const deleted = z.object({ id: webhookId });
// PostgreSQL's text cannot hold NUL.
const address = z.string().overwrite((text) => text.replaceAll('\0', ''));
const customerGid = z
  .string()
  .regex(/^gid:\/\/shopify\/Customer\/\d+$/)
  .transform((gid) => gid.slice(gid.lastIndexOf('/') + 1));
const merge = z.object({
  admin_graphql_api_customer_kept_id: customerGid,
  admin_graphql_api_customer_deleted_id: customerGid,
  status: z.string(),
});
const person = z.object({ id: webhookId.nullish(), email: address.nullish() }).nullish();
const dataRequest = z.object({
  shop_domain: z.string().nullish(),
  customer: person,
  orders_requested: z.array(webhookId).nullish(),
  data_request: z.object({ id: webhookId }).nullish(),
});
const redaction = z.object({
  shop_domain: z.string().nullish(),
  customer: person,
  orders_to_redact: z.array(webhookId).nullish(),
});

/** What each topic of shopify.app.toml means. */
const readers: Readonly<Record<string, (payload: unknown) => PlatformEvent | null>> = {
  'orders/create': orderChanged,
  'orders/updated': orderChanged,
  'orders/paid': orderChanged,
  'orders/cancelled': orderChanged,
  // The refund's payload is not the order's: the order is read again.
  'refunds/create': (payload) => ({
    type: 'order-changed',
    id: z.object({ order_id: webhookId }).parse(payload).order_id,
    updatedAt: null,
    order: null,
  }),
  'orders/delete': (payload) => ({ type: 'order-deleted', id: deleted.parse(payload).id }),
  'products/create': productChanged,
  'products/update': productChanged,
  'products/delete': (payload) => ({ type: 'product-deleted', id: deleted.parse(payload).id }),
  'customers/create': customerChanged,
  'customers/update': customerChanged,
  'customers/delete': (payload) => ({ type: 'customer-deleted', id: deleted.parse(payload).id }),
  'customers/merge': (payload) => {
    const { status, ...ids } = merge.parse(payload);
    // Told of merges that begin and that fail, too.
    if (status !== 'completed') return null;
    return {
      type: 'customer-merged',
      id: ids.admin_graphql_api_customer_kept_id,
      from: ids.admin_graphql_api_customer_deleted_id,
    };
  },
  'inventory_levels/update': (payload) => ({
    type: 'stock-changed',
    inventoryItemId: z.object({ inventory_item_id: webhookId }).parse(payload).inventory_item_id,
  }),
  'inventory_items/update': (payload) => ({ type: 'stock-changed', inventoryItemId: deleted.parse(payload).id }),
  'bulk_operations/finish': (payload) => ({
    type: 'export-finished',
    token: z.object({ admin_graphql_api_id: z.string() }).parse(payload).admin_graphql_api_id,
  }),
  'shop/update': () => ({ type: 'shop-changed' }),
  'app/uninstalled': () => ({ type: 'uninstalled' }),
  'app/scopes_update': (payload) => ({
    type: 'scopes-changed',
    scopes: z.object({ current: z.array(z.string()) }).parse(payload).current,
  }),
  'customers/data_request': (payload) => {
    const { shop_domain, customer, orders_requested, data_request } = dataRequest.parse(payload);
    return {
      type: 'customer-data-requested',
      shopDomain: shop_domain ?? null,
      customerId: customer?.id ?? null,
      email: customer?.email ?? null,
      orderIds: orders_requested ?? [],
      requestId: data_request?.id ?? '',
    };
  },
  'customers/redact': (payload) => {
    const { shop_domain, customer, orders_to_redact } = redaction.parse(payload);
    return {
      type: 'customer-erased',
      shopDomain: shop_domain ?? null,
      customerId: customer?.id ?? null,
      email: customer?.email ?? null,
      orderIds: orders_to_redact ?? [],
    };
  },
  'shop/redact': (payload) => ({
    type: 'shop-erased',
    shopDomain: z.object({ shop_domain: z.string() }).parse(payload).shop_domain,
  }),
};

function orderChanged(payload: unknown): PlatformEvent {
  const whole = webhookOrder.safeParse(payload);
  // What a bundle's line was marked with is not in the payload: such an order is read again.
  const bundled = whole.data?.line_items.some((line) => line.sales_line_item_group_id !== null) === true;
  if (whole.success && bundled)
    return { type: 'order-changed', id: whole.data.id, updatedAt: whole.data.updated_at, order: null };
  if (whole.success)
    return {
      type: 'order-changed',
      id: whole.data.id,
      updatedAt: whole.data.updated_at,
      order: toOrderFromWebhook(whole.data),
    };
  // A payload in another version's shape still says which order it is about.
  const { id, updated_at } = changed.parse(payload);
  return { type: 'order-changed', id, updatedAt: updated_at ?? null, order: null };
}

function productChanged(payload: unknown): PlatformEvent {
  const { id, updated_at } = changed.parse(payload);
  return { type: 'product-changed', id, updatedAt: updated_at ?? null };
}

function customerChanged(payload: unknown): PlatformEvent {
  const { id, updated_at } = changed.parse(payload);
  return { type: 'customer-changed', id, updatedAt: updated_at ?? null };
}

/** @throws PlatformRefusal ('MALFORMED_PAYLOAD') for a body that is no JSON or misses what its topic always has */
export function parseWebhook(topic: string, body: string): PlatformEvent | null {
  // The topic comes from a header: `constructor` is a member of every object and none of our topics.
  const read = Object.hasOwn(readers, topic) ? readers[topic] : undefined;
  if (!read) return null;
  try {
    return read(parseLossless(body));
  } catch (error) {
    // A RangeError is nesting so deep that the parser runs out of stack.
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof z.ZodError)
      throw new PlatformRefusal('MALFORMED_PAYLOAD', `the payload of ${topic} cannot be read`);
    throw error;
  }
}
