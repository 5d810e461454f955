import type { ChangePage, ExportResource, PlatformRecord, ShopRef } from '#app/platforms/platform.ts';
import {
  changedCustomersDocument,
  changedOrdersDocument,
  changedProductsDocument,
  readCustomerDocument,
  readOrderDocument,
  readProductDocument,
} from '../documents/records.ts';
import type { AdminClient } from '../graphql/client.ts';
import type { Answer } from '../graphql/document.ts';
import { fromGid, toGid } from '../ids.ts';
import { toCustomer } from './customer.ts';
import { type LineNode, toOrder } from './order.ts';
import { type CollectionNode, toProduct, type VariantNode } from './product.ts';

/** The record as it is now with all its parts, page by page, or null when it is gone. */
export async function readOne(
  client: AdminClient,
  shop: ShopRef,
  resource: ExportResource,
  id: string,
  currency: string,
): Promise<PlatformRecord | null> {
  switch (resource) {
    case 'products': {
      const variants: VariantNode[] = [];
      let collections: readonly CollectionNode[] = [];
      let after: string | null = null;
      for (;;) {
        const { product }: Answer<typeof readProductDocument> = await client.run(shop, readProductDocument, {
          id: toGid('Product', id),
          after,
        });
        if (!product) return null;
        variants.push(...product.variants.nodes);
        collections = product.collections.nodes;
        if (!product.variants.pageInfo.hasNextPage)
          return { resource, product: toProduct(product, variants, collections, currency) };
        after = product.variants.pageInfo.endCursor ?? null;
      }
    }
    case 'orders': {
      const lines: LineNode[] = [];
      let after: string | null = null;
      for (;;) {
        const { order }: Answer<typeof readOrderDocument> = await client.run(shop, readOrderDocument, {
          id: toGid('Order', id),
          after,
        });
        if (!order) return null;
        lines.push(...order.lineItems.nodes);
        if (!order.lineItems.pageInfo.hasNextPage) return { resource, order: toOrder(order, lines) };
        after = order.lineItems.pageInfo.endCursor ?? null;
      }
    }
    case 'customers': {
      const { customer } = await client.run(shop, readCustomerDocument, { id: toGid('Customer', id) });
      return customer ? { resource, customer: toCustomer(customer) } : null;
    }
  }
}

/** One page of ids changed since `since`, oldest first, each read whole: a page with all parts would cost too many points. */
export async function readChanges(
  client: AdminClient,
  shop: ShopRef,
  resource: ExportResource,
  since: Date,
  page: string | null,
  currency: string,
): Promise<ChangePage> {
  const variables = { query: `updated_at:>='${since.toISOString()}'`, after: page };
  const changed = await changedPage(client, shop, resource, variables);
  const records: PlatformRecord[] = [];
  for (const node of changed.nodes) {
    const record = await readOne(client, shop, resource, fromGid(node.id), currency);
    if (record) records.push(record);
  }
  return { records, next: changed.pageInfo.hasNextPage ? (changed.pageInfo.endCursor ?? null) : null, skewMs: null };
}

async function changedPage(
  client: AdminClient,
  shop: ShopRef,
  resource: ExportResource,
  variables: Record<string, unknown>,
) {
  switch (resource) {
    case 'products':
      return (await client.run(shop, changedProductsDocument, variables)).products;
    case 'customers':
      return (await client.run(shop, changedCustomersDocument, variables)).customers;
    case 'orders':
      return (await client.run(shop, changedOrdersDocument, variables)).orders;
  }
}
