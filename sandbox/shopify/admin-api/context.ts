import type { AdminStore } from '../admin-store.ts';
import type { AppExtensions } from '../app-extensions.ts';

/** What resolvers get beside their source. */
export interface AdminContext {
  readonly store: AdminStore;
  /** access scopes of the token */
  readonly scopes: ReadonlySet<string>;
  /** where this sandbox answers, without a slash at the end */
  readonly sandboxUrl: string;
  readonly appUrl: string;
  readonly apiKey: string;
  readonly extensions: () => AppExtensions;
  readonly bulk: BulkRunner;
  /** counted while the request runs */
  readonly meter: { cost: number };
  /** filters that Shopify would ignore and warn of */
  readonly searchWarnings: { path: string; query: string; field: string }[];
}

/** Starts the work of a bulk operation that was recorded in the store. */
export interface BulkRunner {
  start(id: string, scopes: readonly string[]): void;
  cancel(id: string): void;
  /** signed address of a finished file */
  url(id: string): string | null;
}

export type Arguments = Readonly<Record<string, unknown>>;
export type Resolver<Source> = (source: Source, args: Arguments, context: AdminContext) => unknown;
export type Resolvers<Source> = Readonly<Record<string, Resolver<Source>>>;

/** A list that the schema shows as a connection; `sortValue` makes cursors that survive changes of the list. */
export interface Listing<Item = unknown> {
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly sortValue?: (item: Item) => string | number;
  readonly descending?: boolean;
}
export type Lister<Source> = (source: Source, args: Arguments, context: AdminContext) => Listing;
export type Listers<Source> = Readonly<Record<string, Lister<Source>>>;
