import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBulkRunner } from './admin-api/bulk-runner.ts';
import { withImplied } from './admin-api/access.ts';
import type { AdminContext } from './admin-api/context.ts';
import { createBucket, type Bucket, type BucketSize } from './admin-api/cost.ts';
import type { AdminStore } from './admin-store.ts';
import type { AppConfig } from './app-config.ts';
import { readAppExtensions, type AppExtensions } from './app-extensions.ts';
import { noFaults, type Faults } from './faults.ts';
import { createWebhooks, type Webhooks } from './webhooks/deliver.ts';
import { bulkPayload } from './webhooks/payloads.ts';

/** One pretend store with everything around it. */
export interface Shop {
  readonly store: AdminStore;
  readonly identity: { readonly apiKey: string; readonly apiSecret: string };
  readonly config: () => AppConfig;
  readonly extensions: () => AppExtensions;
  readonly faults: Faults;
  readonly bucket: Bucket;
  readonly webhooks: Webhooks;
  readonly bulk: ReturnType<typeof createBulkRunner>;
  readonly appUrl: () => string;
  readonly sandboxUrl: () => string;
  contextFor(scopes: readonly string[]): AdminContext;
  close(): Promise<void>;
}

export interface ShopOptions {
  readonly store: AdminStore;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly appUrl: () => string;
  readonly sandboxUrl: () => string;
  readonly config: () => AppConfig;
  readonly extensionsFolder: string;
  readonly webhookTimeScale: number;
  readonly bucket: BucketSize;
}

/** Puts the parts of one store together; pending deliveries and bulk operations of an earlier run go on. */
export function openShop(options: ShopOptions): Shop {
  const { store, config, appUrl, sandboxUrl } = options;
  const identity = { apiKey: options.apiKey, apiSecret: options.apiSecret };
  const faults = noFaults();
  const webhooks = createWebhooks({
    store,
    config,
    appUrl,
    apiSecret: options.apiSecret,
    sandboxUrl,
    faults,
    timeScale: options.webhookTimeScale,
  });
  const temporary = store.folder === null ? mkdtempSync(join(tmpdir(), 'sandbox-bulk-')) : null;
  const extensions = (): AppExtensions => readAppExtensions(options.extensionsFolder);
  const bulk = createBulkRunner({
    store,
    sandboxUrl,
    folder: temporary ?? join(store.folder ?? '', 'bulk'),
    contextFor: (scopes) => contextFor(scopes),
    finished: (operation) => {
      if (store.installation !== null)
        webhooks.emit({ topic: 'bulk_operations/finish', payload: bulkPayload(operation) });
    },
  });
  const contextFor = (scopes: readonly string[]): AdminContext => ({
    store,
    scopes: withImplied(scopes),
    sandboxUrl: sandboxUrl(),
    appUrl: appUrl(),
    apiKey: identity.apiKey,
    extensions,
    bulk,
    meter: { cost: 0 },
    searchWarnings: [],
  });
  bulk.resume();
  return {
    store,
    identity,
    config,
    extensions,
    faults,
    webhooks,
    bulk,
    appUrl,
    sandboxUrl,
    contextFor,
    bucket: createBucket(options.bucket, () => store.now()),
    close: async () => {
      await bulk.idle();
      await webhooks.close();
      store.close();
      if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
    },
  };
}
