import path from 'node:path';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { readFunctionFiles } from '#sandbox/shopify/function-files.ts';
import { generateStore } from '#sandbox/shopify/generator/generate-store.ts';
import { openStore } from '#sandbox/shopify/store.ts';
import { createStorefront } from '#sandbox/shopify/storefront/index.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';

const folder = path.join(import.meta.dirname, '../../extensions');
const at = '2026-01-01T00:00:00.000Z';

export interface BenchStorefront {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly pages: readonly (readonly [name: string, path: string])[];
  /** a variant that the shopper has in the cart, so that the drawer has its goals and suggestions */
  readonly inCart: string;
}

/**
 * The generated store. With `blocks` one product shows every kind of offer, its box stands on every page and the drawer
 * has goals and suggestions; without it the merchant left all off.
 */
export async function openBenchStorefront(blocks: boolean): Promise<BenchStorefront> {
  await buildExtensions();
  const base = generateStore('bench.myshopify.com', 7, new Date('2026-11-20T12:00:00Z'), {
    products: 166,
    customers: 10,
    orders: 20,
    days: 30,
  });
  const store = openStore({ base, folder: null, clock: () => new Date('2026-11-20T12:00:00Z') });
  store.setInstallation({ id: '501', apiKey: 'key', scopes: [], installedAt: at });
  const products = [...store.products.values()].filter((product) => product.status === 'ACTIVE' && !product.isGiftCard);
  const [own, ...others] = products.slice(0, 12);
  if (!own) throw new Error('the generated store is empty');
  const write = (ownerId: string, key: string, type: string, value: unknown): void => {
    const id = store.nextId();
    store.put('metafields', {
      ...{ id, ownerId, key, type, updatedAt: at },
      namespace: store.appNamespace(),
      value: JSON.stringify(value),
    });
  };
  const app = 'gid://shopify/AppInstallation/501';
  const page = `gid://shopify/Product/${own.id}`;
  const references = (ids: readonly string[]): string[] => ids.map((id) => `gid://shopify/Product/${id}`);
  const ids = others.map((product) => product.id);
  write(app, 'storefront', 'json', {
    shopId: '33333333-3333-4333-8333-333333333333',
    holdoutBps: 500,
    salt: 's',
    signalsEndpoint: 'http://127.0.0.1:9/signals',
    tests: [],
    changes: [],
  });
  write(app, 'popular', 'list.product_reference', references(ids));
  write(app, 'goals', 'json', [
    offer(
      9,
      'cart-goals',
      [],
      { tiers: [{ thresholdMinor: 5000, reward: { type: 'free-shipping' } }] },
      base.shop.currency,
    ),
  ]);
  write(page, 'together', 'list.product_reference', references(ids.slice(0, 3)));
  write(page, 'bundle_products', 'list.product_reference', references([own.id, ...ids]));
  write(page, 'bundles', 'json', everyKind(own.id, ids, base.shop.currency));
  store.put('themeBlocks', { handle: 'bundle', active: blocks, settings: { max_bundles: 5 } });
  // A section for any page: it stands on the home page and on the collection's as well.
  store.put('themeBlocks', { handle: 'build-a-box', active: blocks, settings: { product: own.handle } });
  if (!blocks)
    for (const handle of ['bought-together', 'embed'])
      store.put('themeBlocks', { handle, active: false, settings: {} });
  const front = new Hono();
  // Shopify compresses pages and files; the sandbox, which nobody reaches over a network, does not.
  front.use(compress());
  // The app itself is another machine: what it answers to the drawer, at once.
  front.get('/apps/trellis/cart', (c) =>
    c.json({
      suggestions: others.slice(0, 4).map((product) => ({
        ...{ productId: product.id, title: product.title, url: `/products/${product.handle}` },
        imageUrl: product.imageUrl,
        price: { minor: 1250, currency: base.shop.currency },
        variantId: product.variants[0]?.id ?? '',
      })),
    }),
  );
  front.route(
    '/',
    createStorefront({
      ...{ store, appUrl: 'http://127.0.0.1:9', apiKey: 'key', apiSecret: 'hush', extensionsFolder: folder },
      loadDiscountFunction: () => readFunctionFiles(folder),
    }),
  );
  return {
    fetch: (request) => front.fetch(request),
    inCart: others[8]?.variants[0]?.id ?? '',
    pages: [
      ['home', '/'],
      ['product', `/products/${own.handle}`],
      ['collection', '/collections/all'],
    ],
  };
}

type Item = readonly [productId: string, role: string];

function offer(number: number, kind: string, items: readonly Item[], terms: object, currency: string): object {
  return {
    id: `${String(number)}1111111-1111-4111-8111-111111111111`,
    title: `Offer ${String(number)}`,
    kind,
    currency,
    startsAt: null,
    endsAt: null,
    items: items.map(([productId, role]) => ({ productId, variantId: null, quantity: 1, role })),
    terms,
  };
}

function everyKind(own: string, others: readonly string[], currency: string): object[] {
  const percent = (basisPoints: number): object => ({ type: 'percentage', basisPoints });
  const parts: Item[] = [own, ...others.slice(0, 4)].map((id) => [id, 'part']);
  const get: Item[] = [[own, 'buy'], ...others.slice(4, 6).map((id): Item => [id, 'get'])];
  return [
    offer(
      1,
      'quantity-breaks',
      [[own, 'part']],
      {
        per: 'product',
        tiers: [
          { units: 2, value: percent(500) },
          { units: 4, value: percent(1000) },
        ],
      },
      currency,
    ),
    offer(
      2,
      'build-a-box',
      parts,
      { minUnits: 2, maxUnits: 6, tiers: [{ units: 2, discount: percent(1000) }] },
      currency,
    ),
    offer(3, 'buy-x-get-y', get, { buyUnits: 2, getUnits: 1, value: percent(5000), timesPerOrder: 1 }, currency),
    offer(4, 'together-offer', get, { basisPoints: 1500, timesPerOrder: 1 }, currency),
    offer(
      5,
      'gift',
      [
        [own, 'buy'],
        [others[7] ?? own, 'gift'],
      ],
      { trigger: { type: 'buy', units: 2 }, timesPerOrder: 1 },
      currency,
    ),
  ];
}
