import { z } from 'zod';
import {
  type Comparison,
  type ExportResource,
  type PlatformRecord,
  PlatformRefusal,
  type ShopRef,
} from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { customerFields, toCustomer, wooCustomer } from './customer.ts';
import { needsStoreCurrency } from './exchange.ts';
import { inParallel } from './in-parallel.ts';
import { toOrder } from './order.ts';
import { orderFields, refundFields, type WooOrder, type WooRefund, wooRefund } from './order-schema.ts';
import {
  hasVariations,
  productFields,
  toProduct,
  variationFields,
  type WooProduct,
  wooProduct,
  type WooVariation,
  wooVariation,
} from './product.ts';
import { wooOrder } from './read-order.ts';

export const pageSize = 100;
/** Parts of records are read beside each other, but few at a time: a shared host answers slowly enough. */
const width = 4;

export interface Store {
  readonly client: RestClient;
  readonly shop: ShopRef;
  /** of the store's prices */
  readonly currency: () => Promise<string>;
}

/** A row of a list, before its parts are read. */
export interface Row {
  readonly id: string;
  readonly createdAt: Date | null;
  readonly changedAt: Date | null;
  /** in the trash: for everybody but the merchant it is gone */
  readonly trashed: boolean;
  /** reads what the list does not say */
  readonly complete: () => Promise<PlatformRecord>;
}

const lists: Readonly<Record<ExportResource, { route: string; query: Readonly<Record<string, string>> }>> = {
  products: { route: '/wc/v3/products', query: { ...productFields, status: 'any' } },
  customers: { route: '/wc/v3/customers', query: customerFields },
  orders: { route: '/wc/v3/orders', query: { ...orderFields, status: 'any' } },
};

async function pages<T>(store: Store, route: string, query: Readonly<Record<string, string>>, one: z.ZodType<T>) {
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await store.client.call(store.shop, {
      route,
      query: { ...query, per_page: String(pageSize), page: String(page), orderby: 'id', order: 'asc' },
      answer: z.array(one),
    });
    all.push(...data);
    if (data.length < pageSize) return all;
  }
}

function productRow(store: Store, product: WooProduct): Row {
  const variations = (): Promise<WooVariation[]> =>
    hasVariations(product)
      ? pages(store, `${lists.products.route}/${product.id}/variations`, variationFields, wooVariation)
      : Promise.resolve([]);
  return {
    id: product.id,
    createdAt: product.date_created_gmt,
    changedAt: product.date_modified_gmt,
    trashed: product.status === 'trash',
    complete: async () => ({
      resource: 'products',
      product: toProduct(product, await variations(), await store.currency()),
    }),
  };
}

function orderRow(store: Store, order: WooOrder): Row {
  // The order says how much was given back; for what, its refunds say.
  const refunds = (): Promise<WooRefund[]> =>
    order.refunds.length > 0
      ? pages(store, `${lists.orders.route}/${order.id}/refunds`, refundFields, wooRefund)
      : Promise.resolve([]);
  return {
    id: order.id,
    createdAt: order.date_created_gmt,
    changedAt: order.date_modified_gmt,
    trashed: order.status === 'trash',
    complete: async () => ({
      resource: 'orders',
      order: toOrder(order, await refunds(), needsStoreCurrency(order) ? await store.currency() : null),
    }),
  };
}

function customerRow(customer: z.infer<typeof wooCustomer>): Row {
  const record: PlatformRecord = { resource: 'customers', customer: toCustomer(customer) };
  return {
    id: customer.id,
    createdAt: customer.date_created_gmt,
    changedAt: customer.date_modified_gmt,
    trashed: false,
    complete: () => Promise.resolve(record),
  };
}

const rowOf = (store: Store, resource: ExportResource): z.ZodType<Row> => {
  switch (resource) {
    case 'products':
      return wooProduct.transform((product) => productRow(store, product));
    case 'orders':
      return wooOrder.transform((order) => orderRow(store, order));
    case 'customers':
      return wooCustomer.transform(customerRow);
  }
};

/** The record says by which clock it was shown. */
const shown = (row: Row, skewMs: number | null): Row =>
  skewMs === null ? row : { ...row, complete: async () => ({ ...(await row.complete()), aheadMs: skewMs }) };

/** One page of a list, at most 100 rows. */
export async function readRows(
  store: Store,
  resource: ExportResource,
  query: Readonly<Record<string, string>>,
): Promise<{ rows: readonly Row[]; total: number | null; skewMs: number | null }> {
  const list = lists[resource];
  const { data, total, skewMs } = await store.client.call(store.shop, {
    route: list.route,
    query: { ...list.query, per_page: String(pageSize), ...query },
    answer: z.array(rowOf(store, resource)),
  });
  return { rows: data.map((row) => shown(row, skewMs)), total, skewMs };
}

/** The rows' records in their order. */
export function completeRows(rows: readonly Row[]): Promise<PlatformRecord[]> {
  return inParallel(rows, width, (row) => row.complete());
}

/** The record as it is now, or null when it is gone or in the trash. */
export async function readOne(store: Store, resource: ExportResource, id: string): Promise<PlatformRecord | null> {
  const list = lists[resource];
  const { status: _any, ...query } = list.query;
  try {
    const { data, skewMs } = await store.client.call(store.shop, {
      route: `${list.route}/${encodeURIComponent(id)}`,
      query,
      answer: rowOf(store, resource),
    });
    return data.trashed ? null : await shown(data, skewMs).complete();
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** `woocommerce_rest_product_invalid_id` and its like. */
export const isGoneCode = (code: string): boolean => /_invalid_id$/.test(code);
export const isGone = (error: unknown): boolean => error instanceof PlatformRefusal && isGoneCode(error.code);

/**
 * Which of the named records the store does not have. What a list leaves out (a state that a plugin keeps to itself)
 * is asked for by itself before it counts as gone: whatever is said here is deleted. Customers are seen on the way: no
 * list of them can be asked for by the time of their changes.
 */
export async function compare(store: Store, resource: ExportResource, ids: readonly string[]): Promise<Comparison> {
  if (ids.length === 0) return { missing: [], seen: [] };
  const query = { include: ids.join(','), ...(resource === 'customers' ? { role: 'all' } : {}) };
  const { rows } = await readRows(store, resource, query);
  const there = new Set(rows.map(({ id }) => id));
  const absent = ids.filter((id) => !there.has(id));
  const gone = await inParallel(absent, width, async (id) => (await readOne(store, resource, id)) === null);
  return {
    missing: absent.filter((_, index) => gone[index]),
    seen: resource === 'customers' ? await completeRows(rows) : [],
  };
}
