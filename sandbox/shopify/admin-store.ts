import type { SandboxChange, SandboxInstallation, SandboxPixel, SandboxShop, SandboxStore } from './model.ts';

/** An access or refresh token that was given out. Only the sandbox's own file holds it, in the clear. */
export interface SandboxToken {
  /** the token itself */
  id: string;
  kind: 'access' | 'refresh';
  mode: 'offline' | 'online';
  scopes: string[];
  /** ISO time; null never ends */
  expiresAt: string | null;
  /** a refresh token: the one whose use made it, which ends when this one is first used */
  replaces: string | null;
  /** a refresh token: when it was first used, ISO; it stays usable for 30 days after that */
  firstUsedAt: string | null;
}

export interface SandboxDelivery {
  /** X-Shopify-Webhook-Id: the same for every attempt */
  id: string;
  eventId: string;
  topic: string;
  /** absolute address */
  address: string;
  /** exact bytes of the body, as text */
  body: string;
  triggeredAt: string;
  attempts: { at: string; status: number | null; note: string }[];
  state: 'pending' | 'delivered' | 'failed' | 'dropped';
  /** when the next attempt is due; null once it is over */
  dueAt: string | null;
}

export interface SandboxBulkOperation {
  /** digits */
  id: string;
  query: string;
  status: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'CANCELING' | 'CANCELED' | 'FAILED';
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null;
  createdAt: string;
  completedAt: string | null;
  objectCount: number;
  rootObjectCount: number;
  fileSize: number;
  /** secret part of the download address; null while there is no file */
  fileKey: string | null;
}

/** Shopify makes and changes bundle products behind the scenes; the mutation gives this back at once. */
export interface SandboxProductOperation {
  /** digits */
  id: string;
  status: 'CREATED' | 'ACTIVE' | 'COMPLETE';
  productId: string | null;
  title: string;
  components: { variantId: string; quantity: number }[];
  userErrors: { field: string[] | null; message: string; code: string }[];
}

export interface AdminTables {
  tokens: SandboxToken;
  deliveries: SandboxDelivery;
  bulkOperations: SandboxBulkOperation;
  productOperations: SandboxProductOperation;
}
export type AdminTable = keyof AdminTables;

/** What only the Admin side of the sandbox sees of a store. */
export interface AdminStore extends SandboxStore {
  readonly tokens: ReadonlyMap<string, SandboxToken>;
  readonly deliveries: ReadonlyMap<string, SandboxDelivery>;
  readonly bulkOperations: ReadonlyMap<string, SandboxBulkOperation>;
  readonly productOperations: ReadonlyMap<string, SandboxProductOperation>;
  /** changes of the admin's own tables: journaled, and nobody is told */
  putAdmin<T extends AdminTable>(table: T, record: AdminTables[T]): void;
  removeAdmin(table: AdminTable, id: string): void;
  setShop(shop: SandboxShop): void;
  setInstallation(installation: SandboxInstallation | null): void;
  setPixel(pixel: SandboxPixel | null): void;
  /** Called inside each commit: the deliveries that it returns are journaled in the same line as the change. */
  setOutbox(outbox: (changes: readonly SandboxChange[], before: BeforeImages) => SandboxDelivery[]): void;
  /** folder for files of this store; null keeps everything in memory */
  readonly folder: string | null;
  close(): void;
}

/** The records as they were before the commit, by `table/id`. */
export type BeforeImages = ReadonlyMap<string, object>;
