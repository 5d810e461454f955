import { join } from 'node:path';
import { Hono } from 'hono';
import { buildExtensions } from '#scripts/build-extensions.ts';
import type { AdminStore } from '#sandbox/shopify/admin-store.ts';
import { readFunctionFiles } from '#sandbox/shopify/function-files.ts';
import type { SandboxProduct, SandboxVariant } from '#sandbox/shopify/model.ts';
import { openStore } from '#sandbox/shopify/store.ts';
import { createStorefront } from '#sandbox/shopify/storefront/index.ts';

export const extensionsFolder = join(import.meta.dirname, '../../../extensions');
export const shopId = '33333333-3333-4333-8333-333333333333';
export const now = new Date('2026-11-20T12:00:00Z');
const at = '2026-01-01T00:00:00.000Z';

/** A product with one default variant unless `variants` says otherwise; ids follow from the number. */
export function product(
  number: number,
  price: string,
  more: Partial<Omit<SandboxProduct, 'variants'>> & { variants?: Partial<SandboxVariant>[] } = {},
): SandboxProduct {
  const { variants = [{}], ...rest } = more;
  return {
    id: String(number),
    handle: `product-${String(number)}`,
    title: `Product ${String(number)}`,
    descriptionHtml: '<p>Good.</p>',
    productType: 'Mugs',
    vendor: 'Kiln',
    tags: [],
    collectionIds: [],
    status: 'ACTIVE',
    publishedAt: at,
    isGiftCard: false,
    imageUrl: `/images/products/${String(number)}.svg`,
    createdAt: at,
    updatedAt: at,
    ...rest,
    variants: variants.map((variant, index) => ({
      id: String(number * 10 + index),
      inventoryItemId: String(number * 1000 + index),
      title: 'Default Title',
      sku: `S${String(number)}`,
      position: index + 1,
      price,
      compareAtPrice: null,
      unitCost: null,
      tracked: true,
      inventoryQuantity: 20,
      inventoryPolicy: 'DENY',
      ...variant,
    })),
  };
}

export interface TestStorefront {
  readonly store: AdminStore;
  /** for a real browser, over a port */
  fetch(request: Request): Response | Promise<Response>;
  /** a browser of its own: keeps cookies, follows nothing */
  browser(): Browser;
  metafield(ownerId: string, key: string, type: string, value: unknown): void;
  publish(
    productId: string,
    fields: { together?: string[]; similar?: string[]; bundles?: unknown[]; bundleProducts?: string[] },
  ): void;
}

export interface Browser {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  html(path: string): Promise<string>;
  json<T>(path: string): Promise<T>;
  post(path: string, body: Record<string, unknown> | URLSearchParams): Promise<Response>;
}

let built: Promise<unknown> | null = null;

/** A storefront over a store in memory, with the app installed and its real extension files built. */
export async function createTestStorefront(
  products: readonly SandboxProduct[],
  options: { appUrl?: string; currency?: string; installed?: boolean } = {},
): Promise<TestStorefront> {
  built ??= buildExtensions();
  await built;
  const store = openStore({
    base: {
      shop: {
        id: '60123456',
        domain: 'test-shop.myshopify.com',
        name: 'Test Shop',
        email: 'o@example.com',
        currency: options.currency ?? 'EUR',
        timeZone: 'Europe/Berlin',
        planName: 'basic',
      },
      products,
      collections: [],
      orders: [],
      refunds: [],
      customers: [
        {
          id: '71',
          email: 'anna@example.com',
          firstName: 'Anna',
          lastName: 'Adams',
          locale: 'en',
          tags: [],
          createdAt: at,
          updatedAt: at,
        },
      ],
    },
    folder: null,
    clock: () => now,
  });
  if (options.installed !== false) store.setInstallation({ id: '501', apiKey: 'key', scopes: [], installedAt: at });
  const app = new Hono();
  app.route(
    '/',
    createStorefront({
      store,
      appUrl: options.appUrl ?? 'http://127.0.0.1:9',
      apiKey: 'key',
      apiSecret: 'hush',
      extensionsFolder,
      loadDiscountFunction: () => readFunctionFiles(extensionsFolder),
    }),
  );
  const metafield = (ownerId: string, key: string, type: string, value: unknown): void => {
    store.put('metafields', {
      id: store.nextId(),
      ownerId,
      namespace: store.appNamespace(),
      key,
      type,
      value: typeof value === 'string' ? value : JSON.stringify(value),
      updatedAt: at,
    });
  };
  const gids = (ids: readonly string[]): string[] => ids.map((id) => `gid://shopify/Product/${id}`);
  metafield('gid://shopify/AppInstallation/501', 'storefront', 'json', {
    shopId,
    holdoutBps: 500,
    salt: 'salt',
    signalsEndpoint: 'http://127.0.0.1:9/signals',
  });
  return {
    store,
    fetch: (request) => app.fetch(request),
    metafield,
    publish: (productId, fields) => {
      const owner = `gid://shopify/Product/${productId}`;
      if (fields.together) metafield(owner, 'together', 'list.product_reference', gids(fields.together));
      if (fields.similar) metafield(owner, 'similar', 'list.product_reference', gids(fields.similar));
      if (fields.bundles) metafield(owner, 'bundles', 'json', fields.bundles);
      if (fields.bundleProducts)
        metafield(owner, 'bundle_products', 'list.product_reference', gids(fields.bundleProducts));
    },
    browser: () => createBrowser(app),
  };
}

function createBrowser(app: Hono): Browser {
  const jar = new Map<string, string>();
  const send = async (
    path: string,
    init: RequestInit & { headers?: Record<string, string> } = {},
  ): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await app.request(`http://shop.test${path}`, {
      ...init,
      headers: { accept: 'text/html', ...init.headers, ...(cookie ? { cookie } : {}) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return {
    get: (path, headers = {}) => send(path, { headers }),
    html: async (path) => (await send(path)).text(),
    json: async <T>(path: string) => (await send(path)).json() as Promise<T>,
    post: (path, body) =>
      body instanceof URLSearchParams
        ? send(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
        : send(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  };
}
