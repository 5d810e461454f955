import { join } from 'node:path';
import type { AdminStore, AdminTable } from './admin-store.ts';
import { openJournal, type Journal, type JournalEntry } from './journal.ts';
import type {
  SandboxChange,
  SandboxCollection,
  SandboxCustomer,
  SandboxInstallation,
  SandboxOrder,
  SandboxPixel,
  SandboxProduct,
  SandboxRefund,
  SandboxShop,
  SandboxTable,
} from './model.ts';
import { createIndex, type Tables } from './store-index.ts';
import { cancelledOrder, newOrder, refundedOrder, stockAfter } from './store-orders.ts';

/** What a store begins with: made by the generator or read from an order file, the same on every start. */
export interface BaseData {
  readonly shop: SandboxShop;
  readonly products: readonly SandboxProduct[];
  readonly collections: readonly SandboxCollection[];
  readonly customers: readonly SandboxCustomer[];
  readonly orders: readonly SandboxOrder[];
  readonly refunds: readonly SandboxRefund[];
}

export interface StoreOptions {
  readonly base: BaseData;
  /** where the journal lives; null keeps everything in memory */
  readonly folder: string | null;
  readonly clock: () => Date;
}

/** Ids given out while the store runs start here, above every id of the base data. */
const firstRuntimeId = 9_200_000_000_000;

interface Single {
  shop: SandboxShop;
  installation: SandboxInstallation | null;
  pixel: SandboxPixel | null;
  counter: number;
}

/** Opens one store: base data first, then everything that its journal says happened since. */
export function openStore(options: StoreOptions): AdminStore {
  const { base, clock } = options;
  const byId = <T extends { id: string }>(records: readonly T[]): Map<string, T> =>
    new Map(records.map((record) => [record.id, record]));
  const tables: Tables = {
    products: byId(base.products),
    collections: byId(base.collections),
    customers: byId(base.customers),
    orders: byId(base.orders),
    refunds: byId(base.refunds),
    metafields: new Map(),
    discounts: new Map(),
    redeemCodes: new Map(),
    themeBlocks: new Map(),
    cartTransforms: new Map(),
    validations: new Map(),
    tokens: new Map(),
    deliveries: new Map(),
    bulkOperations: new Map(),
    productOperations: new Map(),
  };
  const single: Single = { shop: base.shop, installation: null, pixel: null, counter: firstRuntimeId };
  const index = createIndex(tables);
  const listeners = new Set<(change: SandboxChange) => void>();
  let outbox: Parameters<AdminStore['setOutbox']>[0] = () => [];
  let lastStamp = 0;

  const apply = (entry: JournalEntry): void => {
    if (entry.table === 'single') {
      Object.assign(single, entry.record);
      return;
    }
    const table = tables[entry.table as keyof Tables] as Map<string, object>;
    index.forget(entry.table, entry.id);
    if (entry.record === null) table.delete(entry.id);
    else table.set(entry.id, entry.record);
    index.learn(entry.table, entry.id);
  };
  const journal: Journal | null =
    options.folder === null ? null : openJournal(join(options.folder, 'journal.jsonl'), apply);

  const commit = (entries: JournalEntry[], extraChanges: SandboxChange[] = []): void => {
    const before = new Map<string, object>();
    const changes: SandboxChange[] = [];
    for (const entry of entries) {
      const known =
        entry.table === 'single'
          ? undefined
          : (tables[entry.table as keyof Tables] as Map<string, object>).get(entry.id);
      if (known !== undefined) before.set(`${entry.table}/${entry.id}`, known);
      apply(entry);
      if (entry.table === 'single' || isAdminTable(entry.table)) continue;
      const action = entry.record === null ? 'delete' : known === undefined ? 'create' : 'update';
      changes.push({ table: entry.table as SandboxTable, id: entry.id, action });
    }
    changes.push(...extraChanges);
    const deliveries = changes.length === 0 ? [] : outbox(changes, before);
    const deliveryEntries = deliveries.map((record): JournalEntry => ({ table: 'deliveries', id: record.id, record }));
    deliveryEntries.forEach(apply);
    journal?.append([
      ...entries,
      ...deliveryEntries,
      { table: 'single', id: 'counter', record: { counter: single.counter } },
    ]);
    for (const change of changes) for (const listener of listeners) listener(change);
  };
  const put = (table: string, id: string, record: object): JournalEntry => ({ table, id, record });
  const stamp = (previous?: string): string => {
    const floor = Math.max(lastStamp, previous === undefined ? 0 : Date.parse(previous));
    lastStamp = Math.max(clock().getTime(), floor + 1);
    return new Date(lastStamp).toISOString();
  };
  const nextId = (): string => {
    single.counter += 1;
    return single.counter.toString();
  };
  const need = <T>(map: ReadonlyMap<string, T>, id: string, what: string): T => {
    const found = map.get(id);
    if (found === undefined) throw new Error(`the store has no ${what} ${id}`);
    return found;
  };
  const stockEntries = (changes: readonly { variantId: string; by: number }[]): JournalEntry[] =>
    stockAfter(changes, (variantId) => store.variant(variantId)).map((product) =>
      put('products', product.id, { ...product, updatedAt: stamp(product.updatedAt) }),
    );

  const store: AdminStore = {
    ...tables,
    folder: options.folder,
    get shop() {
      return single.shop;
    },
    get installation() {
      return single.installation;
    },
    get pixel() {
      return single.pixel;
    },
    now: clock,
    nextId,
    productByHandle: (handle) => tables.products.get(index.handles.get(handle) ?? '') ?? null,
    variant: (id) => {
      const product = tables.products.get(index.variants.get(id) ?? '');
      const variant = product?.variants.find((candidate) => candidate.id === id);
      return product === undefined || variant === undefined ? null : { product, variant };
    },
    customerByEmail: (email) => tables.customers.get(index.emails.get(email.toLowerCase()) ?? '') ?? null,
    ordersOfCustomer: (customerId) =>
      [...(index.orders.get(customerId) ?? [])]
        .map((id) => need(tables.orders, id, 'order'))
        .sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
    metafield: (ownerId, namespace, key) =>
      tables.metafields.get(index.metafields.get(ownerId)?.get(`${namespace}/${key}`) ?? '') ?? null,
    metafieldsOf: (ownerId) =>
      [...(index.metafields.get(ownerId)?.values() ?? [])].map((id) => need(tables.metafields, id, 'metafield')),
    appNamespace: () => `app--${base.shop.id.slice(-6)}`,
    put: (table, record) => {
      const id = 'id' in record ? record.id : record.handle;
      const known = tables[table].get(id);
      const previous = known !== undefined && 'updatedAt' in known ? known.updatedAt : undefined;
      const stamped = 'updatedAt' in record ? { ...record, updatedAt: stamp(previous) } : record;
      commit([put(table, id, stamped)]);
      return stamped;
    },
    remove: (table, id) => {
      commit([{ table, id, record: null }]);
    },
    placeOrder: (draft) => {
      const at = stamp();
      const order = newOrder(draft, { nextId, at, currency: single.shop.currency, number: 1001 + tables.orders.size });
      const customer = order.customerId === null ? undefined : tables.customers.get(order.customerId);
      const sold = order.lines.flatMap((line) =>
        line.variantId === null ? [] : [{ variantId: line.variantId, by: -line.quantity }],
      );
      commit([
        put('orders', order.id, order),
        ...stockEntries(sold),
        ...(customer === undefined
          ? []
          : [put('customers', customer.id, { ...customer, updatedAt: stamp(customer.updatedAt) })]),
      ]);
      return order;
    },
    cancelOrder: (orderId) => {
      const order = need(tables.orders, orderId, 'order');
      const { order: cancelled, refund } = cancelledOrder(order, { nextId, at: stamp(order.updatedAt) });
      const back = order.lines.flatMap((line) =>
        line.variantId === null ? [] : [{ variantId: line.variantId, by: line.quantity - line.refundedQuantity }],
      );
      commit([
        ...(refund ? [put('refunds', refund.id, refund)] : []),
        put('orders', order.id, cancelled),
        ...stockEntries(back),
      ]);
      return cancelled;
    },
    refundOrder: (orderId, lines, restock, beside) => {
      const known = need(tables.orders, orderId, 'order');
      const { order, refund } = refundedOrder(known, lines, { nextId, at: stamp(known.updatedAt), restock, beside });
      const back = refund.lines.flatMap((line) => {
        const variantId = order.lines.find((candidate) => candidate.id === line.lineId)?.variantId ?? null;
        return restock && variantId !== null ? [{ variantId, by: line.quantity }] : [];
      });
      commit([put('refunds', refund.id, refund), put('orders', order.id, order), ...stockEntries(back)]);
      return refund;
    },
    createCustomer: (draft) => {
      const at = stamp();
      const customer: SandboxCustomer = { ...draft, id: nextId(), tags: [], createdAt: at, updatedAt: at };
      commit([put('customers', customer.id, customer)]);
      return customer;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    putAdmin: (table, record) => {
      commit([put(table, record.id, record)]);
    },
    removeAdmin: (table, id) => {
      commit([{ table, id, record: null }]);
    },
    setShop: (shop) => {
      commit([{ table: 'single', id: 'shop', record: { shop } }], [{ table: 'shop', id: shop.id, action: 'update' }]);
    },
    setInstallation: (installation) => {
      const previous = single.installation;
      const action = installation === null ? 'delete' : previous === null ? 'create' : 'update';
      const id = installation?.id ?? previous?.id;
      if (id === undefined) return;
      commit(
        [{ table: 'single', id: 'installation', record: { installation } }],
        [{ table: 'installation', id, action }],
      );
    },
    setPixel: (pixel) => {
      const id = pixel?.id ?? single.pixel?.id;
      if (id === undefined) return;
      commit(
        [{ table: 'single', id: 'pixel', record: { pixel } }],
        [{ table: 'pixel', id, action: pixel === null ? 'delete' : 'update' }],
      );
    },
    setOutbox: (next) => {
      outbox = next;
    },
    close: () => journal?.close(),
  };
  return store;
}

function isAdminTable(table: string): table is AdminTable {
  return table === 'tokens' || table === 'deliveries' || table === 'bulkOperations' || table === 'productOperations';
}
