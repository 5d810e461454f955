import { join } from 'node:path';
import { openJournal, type Journal, type JournalEntry } from '../shopify/journal.ts';
import type { WooChange, WooSite, WooTable, WooTables } from './model.ts';
import { fabricated, type Fabricated } from './fill/fabricated.ts';

export type WooBaseData = { readonly site: WooSite } & {
  readonly [T in Exclude<WooTable, 'actions' | 'keys' | 'webhooks' | 'plugin'>]: readonly WooTables[T][];
} & { readonly nextId: number };

export interface WooStoreOptions {
  readonly base: WooBaseData;
  /** where the journal lives; null keeps everything in memory */
  readonly folder: string | null;
  readonly clock: () => Date;
  /** products beyond those of the past, made when they are read */
  readonly extraProducts: number;
}

type ReadTables = { readonly [T in WooTable]: ReadonlyMap<number, WooTables[T]> };

export interface WooStore extends ReadTables {
  readonly site: WooSite;
  readonly fabricated: Fabricated;
  now(): Date;
  /** the site's clock in whole seconds; it goes back when the clock does */
  stamp(): string;
  nextId(): number;
  product(id: number): WooTables['products'] | null;
  customerByEmail(email: string): WooTables['customers'] | null;
  refundsOf(orderId: number): WooTables['refunds'][];
  ordersOf(customerId: number): WooTables['orders'][];
  put<T extends WooTable>(table: T, record: WooTables[T]): WooTables[T];
  remove(table: WooTable, id: number): void;
  /** several changes in one line of the journal: all of them happened or none */
  commit(changes: readonly StoreWrite[]): void;
  /** returns a function that stops listening */
  onChange(listener: (change: WooChange) => void): () => void;
  close(): void;
}

export interface StoreWrite {
  readonly table: WooTable;
  readonly id: number;
  readonly record: WooTables[WooTable] | null;
  /** written past WordPress's actions (by SQL), so that no webhook tells of it */
  readonly quiet?: boolean;
}

const tableNames = [
  'products',
  'variations',
  'categories',
  'tags',
  'brands',
  'attributes',
  'customers',
  'orders',
  'refunds',
  'coupons',
  'webhooks',
  'actions',
  'keys',
  'plugin',
] as const satisfies readonly WooTable[];

/** Opens one store: its past first, then everything that its journal says happened since. */
export function openWooStore(options: WooStoreOptions): WooStore {
  const { base, clock } = options;
  const tables = Object.fromEntries(
    tableNames.map((name) => [
      name,
      new Map((name in base ? base[name as keyof WooBaseData & WooTable] : []).map((record) => [record.id, record])),
    ]),
  ) as unknown as { [T in WooTable]: Map<number, WooTables[T]> };
  const extra = fabricated(options.extraProducts, base);
  const refunds = groups(tables.refunds, (refund) => refund.orderId);
  const orders = groups(tables.orders, (order) => order.customerId);
  const emails = new Map<string, number>();
  for (const customer of tables.customers.values()) emails.set(customer.email.toLowerCase(), customer.id);
  const listeners = new Set<(change: WooChange) => void>();
  let counter = base.nextId;

  const apply = ({ table, id, record }: StoreWrite): WooChange => {
    const rows = tables[table] as Map<number, WooTables[WooTable]>;
    const before = rows.get(id) ?? null;
    if (record === null) rows.delete(id);
    else rows.set(id, record);
    if (table === 'products') extra.taken(id, record);
    if (table === 'refunds')
      refunds.change(before as WooTables['refunds'] | null, record as WooTables['refunds'] | null);
    if (table === 'orders') orders.change(before as WooTables['orders'] | null, record as WooTables['orders'] | null);
    if (table === 'customers') {
      if (before !== null) emails.delete((before as WooTables['customers']).email.toLowerCase());
      if (record !== null) emails.set((record as WooTables['customers']).email.toLowerCase(), id);
    }
    return { table, id, before, after: record };
  };
  const replay = (entry: JournalEntry): void => {
    if (entry.table === 'counter') counter = (entry.record as { value: number }).value;
    else apply({ table: entry.table as WooTable, id: Number(entry.id), record: entry.record as WooTables[WooTable] });
  };
  const journal: Journal | null =
    options.folder === null ? null : openJournal(join(options.folder, 'journal.jsonl'), replay);
  const commit = (writes: readonly StoreWrite[]): void => {
    const changes = writes.map((write) => ({ ...apply(write), quiet: write.quiet ?? false }));
    journal?.append([
      ...writes.map(({ table, id, record }) => ({ table, id: id.toString(), record })),
      { table: 'counter', id: 'counter', record: { value: counter } },
    ]);
    for (const { quiet, ...change } of changes) if (!quiet) for (const listener of listeners) listener(change);
  };

  return {
    ...tables,
    site: base.site,
    fabricated: extra,
    now: clock,
    stamp: () => new Date(Math.floor(clock().getTime() / 1000) * 1000).toISOString(),
    nextId: () => (counter += 1),
    product: (id) => tables.products.get(id) ?? extra.product(id),
    customerByEmail: (email) => tables.customers.get(emails.get(email.toLowerCase()) ?? 0) ?? null,
    refundsOf: (orderId) => refunds.of(orderId),
    ordersOf: (customerId) => orders.of(customerId),
    put: (table, record) => {
      commit([{ table, id: record.id, record }]);
      return record;
    },
    remove: (table, id) => {
      commit([{ table, id, record: null }]);
    },
    commit,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => journal?.close(),
  };
}

/** The records of a table by the number that they belong to, in the order in which they came. */
function groups<R extends { readonly id: number }>(
  rows: ReadonlyMap<number, R>,
  ownerOf: (record: R) => number,
): { of(owner: number): R[]; change(before: R | null, after: R | null): void } {
  const ids = new Map<number, Set<number>>();
  const add = (record: R): void => {
    const owner = ownerOf(record);
    const set = ids.get(owner) ?? new Set<number>();
    ids.set(owner, set.add(record.id));
  };
  for (const record of rows.values()) add(record);
  return {
    of: (owner) =>
      [...(ids.get(owner) ?? [])].flatMap((id) => {
        const record = rows.get(id);
        return record === undefined ? [] : [record];
      }),
    change: (before, after) => {
      if (before !== null && (after === null || ownerOf(before) !== ownerOf(after)))
        ids.get(ownerOf(before))?.delete(before.id);
      if (after !== null) add(after);
    },
  };
}
