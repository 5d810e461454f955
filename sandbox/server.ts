import { join } from 'node:path';
import { Hono } from 'hono';
import { listen } from './listen.ts';
import { startMailbox, type Mailbox } from './mailbox/mailbox.ts';
import { sendOrderMails } from './mailbox/order-mails.ts';
import { mailboxPages } from './mailbox/pages.ts';
import { adminShell, shellFiles } from './shopify/admin-shell/routes.ts';
import { adminApiRoutes } from './shopify/admin-api/routes.ts';
import type { BucketSize } from './shopify/admin-api/cost.ts';
import { readAppConfig, type AppConfig } from './shopify/app-config.ts';
import { loadBaseData } from './shopify/base-data.ts';
import type { FillReport } from './shopify/generator/fill-from-orders.ts';
import type { StoreSize } from './shopify/generator/generate-store.ts';
import { installApp } from './shopify/installation.ts';
import { openShop, type Shop } from './shopify/shop.ts';
import { openStore, type BaseData } from './shopify/store.ts';
import { createStorefront } from './shopify/storefront/index.ts';
import { readFunctionFiles } from './shopify/function-files.ts';
import { isAbsent } from './shopify/absent.ts';

const project = join(import.meta.dirname, '..');
export const defaultDomain = 'trellis-demo.myshopify.com';

export interface SandboxOptions {
  /** 0 = a free one */
  readonly port: number;
  readonly host?: string;
  /** null keeps everything in memory */
  readonly dataFolder: string | null;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly appUrl: string;
  readonly seed?: number;
  readonly ordersFile?: string | null;
  readonly size?: StoreSize;
  /** the first one is the store at `/` and `/admin` */
  readonly domains?: readonly string[];
  /** stores in which the app is installed from the start */
  readonly installed?: readonly string[];
  /** 1 = Shopify's real retry schedule */
  readonly webhookTimeScale?: number;
  readonly bucket?: BucketSize;
  /** 0 = a free one; null or missing = no mailbox */
  readonly smtpPort?: number | null;
  /** in place of the project's shopify.app.toml */
  readonly appConfig?: AppConfig;
  readonly extensionsFolder?: string;
  readonly clock?: () => Date;
}

export interface Sandbox {
  readonly url: string;
  /** the default store */
  readonly store: Shop['store'];
  shop(domain?: string): Shop;
  readonly mailbox: Mailbox | null;
  /** what the default store began with */
  readonly past: BaseData;
  /** what became of the order file, where the store was filled from one */
  readonly report: FillReport | null;
  /** where the app is, once it is known (tests start the sandbox first) */
  setAppUrl(url: string): void;
  install(domain?: string): void;
  close(): Promise<void>;
}

/** Starts the pretend Shopify: stores with storefront, admin, APIs and webhooks on one address. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const clock = options.clock ?? (() => new Date());
  const domains = options.domains ?? [defaultDomain];
  const extensionsFolder = options.extensionsFolder ?? join(project, 'extensions');
  const config = options.appConfig ?? readAppConfig(join(project, 'shopify.app.toml'));
  let url = '';
  let appUrl = options.appUrl;
  let report: FillReport | null = null;
  let past: BaseData | null = null;
  const shops = new Map<string, Shop>();
  for (const [index, domain] of domains.entries()) {
    const folder = options.dataFolder === null ? null : join(options.dataFolder, domain);
    const loaded = await loadBaseData({
      domain,
      folder,
      seed: options.seed ?? 1,
      ordersFile: index === 0 ? (options.ordersFile ?? null) : null,
      size: options.size ?? null,
      now: clock(),
    });
    report ??= loaded.report;
    past ??= loaded.base;
    const store = openStore({ base: loaded.base, folder, clock });
    shops.set(
      domain,
      openShop({
        store,
        apiKey: options.apiKey,
        apiSecret: options.apiSecret,
        appUrl: () => appUrl,
        sandboxUrl: () => url,
        config: () => config,
        extensionsFolder,
        webhookTimeScale: options.webhookTimeScale ?? 1,
        bucket: options.bucket ?? { maximum: 2000, restore: 100 },
      }),
    );
  }
  const shop = (domain = domains[0] ?? defaultDomain): Shop => {
    const found = shops.get(domain);
    if (found === undefined) throw new Error(`the sandbox has no store ${domain}`);
    return found;
  };
  if (past === null) throw new Error('the sandbox needs a store');
  const install = (domain?: string): void => {
    const { store, identity } = shop(domain);
    installApp(store, identity.apiKey, config);
  };
  for (const domain of options.installed ?? []) if (shop(domain).store.installation === null) install(domain);

  const app = new Hono();
  app.route(
    '/',
    adminApiRoutes((domain) => shops.get(domain) ?? null),
  );
  const first = shop();
  app.route('/', shellFiles());
  app.route('/admin', adminShell(first, '/admin'));
  for (const [domain, each] of shops) app.route(`/shops/${domain}/admin`, adminShell(each, `/shops/${domain}/admin`));
  const storefront = createStorefront({
    store: first.store,
    get appUrl() {
      return appUrl;
    },
    apiKey: options.apiKey,
    apiSecret: options.apiSecret,
    extensionsFolder,
    loadDiscountFunction: () => readFunctionFiles(extensionsFolder),
  });
  const mailbox = isAbsent(options.smtpPort)
    ? null
    : await startMailbox({
        port: options.smtpPort,
        host: options.host ?? '127.0.0.1',
        folder: options.dataFolder,
        clock,
      });
  if (mailbox !== null) app.route('/mailbox', mailboxPages(mailbox));
  const mails =
    mailbox === null
      ? []
      : [...shops.values()].map((each) =>
          sendOrderMails(each.store, { host: options.host ?? '127.0.0.1', port: mailbox.port }),
        );
  app.route('/', storefront);
  const server = await listen(app, options.host ?? '127.0.0.1', options.port);
  url = `http://${options.host ?? '127.0.0.1'}:${server.port.toString()}`;

  return {
    url,
    store: first.store,
    shop,
    past,
    report,
    install,
    mailbox,
    setAppUrl: (next) => {
      appUrl = next;
    },
    close: async () => {
      await server.close();
      for (const each of mails) await each.close();
      await mailbox?.close();
      for (const each of shops.values()) await each.close();
    },
  };
}
