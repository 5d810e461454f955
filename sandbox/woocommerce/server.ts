import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import { html } from '../shopify/admin-shell/html.ts';
import { listen } from '../listen.ts';
import { loadBaseData } from '../shopify/base-data.ts';
import type { BaseData } from '../shopify/store.ts';
import type { StoreSize } from '../shopify/generator/generate-store.ts';
import { adminStyles } from './admin/layout.ts';
import { adminRoutes } from './admin/routes.ts';
import { wcAuthRoutes } from './auth/routes.ts';
import { buy, type CheckoutInput } from './checkout.ts';
import { refundOrder, type RefundInput } from './orders.ts';
import { noWooFaults, type WooFaults } from './faults.ts';
import { wooFromPast } from './fill/from-past.ts';
import { createKey, type NewKey } from './keys.ts';
import type { KeyPermissions } from './access.ts';
import type { TaxMode, WooOrder, WooRefund } from './model.ts';
import { consentUrl } from './plugin/widgets.ts';
import { pluginPages } from './plugin/pages.ts';
import { browserRest } from './plugin/store-api.ts';
import { type PluginState, readPlugin, setPlugin } from './plugin/state.ts';
import { answerRest, type RestHttp } from './rest/http.ts';
import type { RestContext } from './rest/request.ts';
import type { WooSide } from './side.ts';
import { checkoutPages } from './storefront/checkout-pages.ts';
import { consentScript, shopPage, shopStyles } from './storefront/layout.ts';
import { shopPages } from './storefront/shop-pages.ts';
import { openWooStore, type WooStore } from './store.ts';
import { createWooWebhooks, type WooWebhooks } from './webhooks/queue.ts';

export interface WooSandboxOptions {
  /** 0 = a free one */
  readonly port: number;
  readonly host?: string;
  /** null keeps everything in memory */
  readonly dataFolder: string | null;
  /** the site's own address, where it is not the one that it listens on; no slash at the end */
  readonly siteUrl?: string;
  readonly appUrl?: string;
  /** the past to begin with; without it one is made by the seed or read from the order file */
  readonly past?: BaseData;
  readonly seed?: number;
  readonly ordersFile?: string | null;
  readonly size?: StoreSize;
  /** in place of the one of the store's past */
  readonly timeZone?: string;
  readonly tax?: TaxMode;
  readonly extraProducts?: number;
  readonly foreignOrders?: number;
  readonly refundsWithoutLines?: number;
  readonly oddNames?: boolean;
  /** true (the default) lets this machine be called on any port and be a callback without https; a real store does neither */
  readonly allowLoopback?: boolean;
  /** how often the queue of webhooks runs, ms; null = only by `webhooks.run()` */
  readonly queueIntervalMs?: number | null;
  /** true: `X-Forwarded-Proto: https` counts as https */
  readonly trustForwardedProto?: boolean;
  readonly clock?: () => Date;
  /** our plugin at the start: not there (the default), there, or there with the merchant's word; what was changed since stays */
  readonly plugin?: PluginState;
}

export interface WooSandbox {
  readonly url: string;
  readonly store: WooStore;
  readonly faults: WooFaults;
  readonly webhooks: WooWebhooks;
  /** a key without the wc-auth page, as a merchant makes one by hand */
  createKey(permissions?: KeyPermissions): NewKey;
  revokeKey(keyId: number): void;
  /** buys as the checkout does */
  placeOrder(input: CheckoutInput): WooOrder;
  /** gives money back as the merchant does by hand; null when more is asked for than is left */
  refundOrder(orderId: number, input: RefundInput): WooRefund | null;
  setAppUrl(url: string): void;
  setPlugin(state: PluginState): void;
  close(): Promise<void>;
}

const name = 'trellis-woo-demo';
const title = 'Trellis Woo Demo';
/** The name that the other platform's store draws its past from: the same past for both. */
const pastDomain = 'trellis-demo.myshopify.com';

/** Starts the pretend WooCommerce site: REST API, key hand-over and webhooks on one address. */
export async function startWooSandbox(options: WooSandboxOptions): Promise<WooSandbox> {
  const faults = noWooFaults();
  const real = options.clock ?? (() => new Date());
  const clock = (): Date => new Date(real().getTime() + faults.clockOffsetMs);
  const folder = options.dataFolder === null ? null : join(options.dataFolder, name);
  const seed = options.seed ?? 1;
  const past =
    options.past ??
    (
      await loadBaseData({
        domain: pastDomain,
        folder,
        seed,
        ordersFile: options.ordersFile ?? null,
        size: options.size ?? null,
        now: real(),
      })
    ).base;
  const store = openWooStore({
    base: wooFromPast(past, {
      title,
      timeZone: options.timeZone ?? null,
      tax: options.tax ?? 'inclusive',
      foreignOrders: options.foreignOrders ?? 0.02,
      refundsWithoutLines: options.refundsWithoutLines ?? 0.2,
      oddNames: options.oddNames ?? false,
    }),
    folder,
    clock,
    extraProducts: options.extraProducts ?? 0,
  });
  if (options.plugin !== undefined && readPlugin(store) === null) setPlugin(store, options.plugin);
  let address = '';
  let appUrl = options.appUrl ?? null;
  const siteUrl = (): string => options.siteUrl ?? address;
  const webhooks = createWooWebhooks({
    store,
    context: () => context,
    faults,
    allowLoopback: options.allowLoopback ?? true,
    seed,
    intervalMs: options.queueIntervalMs ?? null,
  });
  const context: RestContext = {
    store,
    siteUrl,
    ping: (id) => webhooks.ping(id),
    restUrl: (path) =>
      faults.plainPermalinks ? `${siteUrl()}/index.php?rest_route=${path}` : `${siteUrl()}/wp-json${path}`,
  };
  const side: WooSide = {
    store,
    faults,
    webhooks,
    context,
    allowLoopback: options.allowLoopback ?? true,
    siteUrl,
    appUrl: () => appUrl,
  };
  const http: RestHttp = {
    context,
    faults,
    nonces: new Map(),
    trustForwardedProto: options.trustForwardedProto ?? false,
  };
  let closing: Promise<void> | null = null;
  const end = async (): Promise<void> => {
    await server.close();
    await webhooks.close();
    store.close();
  };
  const host = options.host ?? '127.0.0.1';
  const server = await listen(routes(side, http), host, options.port);
  address = `http://${host}:${server.port.toString()}`;
  return {
    url: address,
    store,
    faults,
    webhooks,
    createKey: (permissions = 'read_write') => createKey(store, permissions, 'Made by hand'),
    revokeKey: (keyId) => {
      store.remove('keys', keyId);
    },
    placeOrder: (input) => buy(store, input),
    refundOrder: (orderId, input) => {
      const order = store.orders.get(orderId);
      if (order === undefined) throw new Error(`the store has no order ${orderId.toString()}`);
      return refundOrder(store, order, input);
    },
    setAppUrl: (next) => {
      appUrl = next;
    },
    setPlugin: (state) => {
      setPlugin(store, state);
    },
    close: () => (closing ??= end()),
  };
}

/** Pretty addresses work only where the permalinks are pretty; `?rest_route=` works everywhere. */
function routes(side: WooSide, http: RestHttp): Hono {
  const app = new Hono();
  app.use('*', async (c: Context, next) => {
    const route = c.req.query('rest_route');
    if (route === undefined || !['/', '/index.php'].includes(c.req.path)) return next();
    return (await browserRest(side, c, route)) ?? answerRest(http, c.req.raw, route);
  });
  app.all('/wp-json/*', async (c: Context, next) => {
    if (side.faults.plainPermalinks) return next();
    const route = decodeURI(c.req.path.slice('/wp-json'.length));
    return (await browserRest(side, c, route)) ?? answerRest(http, c.req.raw, route);
  });
  app.all('/wp-json', (c, next) => (side.faults.plainPermalinks ? next() : answerRest(http, c.req.raw, '/')));
  app.route('/', wcAuthRoutes(side));
  app.get('/wp-content/themes/classic/style.css', (c) => c.body(shopStyles, 200, { 'content-type': 'text/css' }));
  app.get('/wp-admin/css/admin.css', (c) => c.body(adminStyles, 200, { 'content-type': 'text/css' }));
  app.get(consentUrl, (c) => c.body(consentScript, 200, { 'content-type': 'text/javascript' }));
  app.route('/', pluginPages(side));
  app.route('/', adminRoutes(side));
  app.route('/', shopPages(side));
  app.route('/', checkoutPages(side));
  app.notFound((c) =>
    side.faults.plainPermalinks && side.faults.unknownIsHome
      ? app.request('/')
      : c.html(
          shopPage(side, { title: 'Oops! That page can’t be found.', pieces: 0, body: html`<p>Nothing is here.</p>` }),
          404,
        ),
  );
  return app;
}
