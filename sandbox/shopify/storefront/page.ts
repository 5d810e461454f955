import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'hono';
import type { StorefrontDeps } from './deps.ts';
import type { Cart, Carts, StorefrontEvent } from './cart/cart.ts';
import { type OfferSource, priceCart, type PricedCart } from './cart/priced-cart.ts';
import type { TransformSource } from './transform/model.ts';
import { createExtensionBlocks } from './extension-blocks.ts';
import { cartDrop } from './liquid/cart-drop.ts';
import { customerDrop } from './liquid/customer-drop.ts';
import { createRenderer, type Globals } from './liquid/engine.ts';
import { moneyFormat } from './liquid/money-format.ts';
import { isAvailable, productDrop } from './liquid/product-drop.ts';
import { isPublished } from './catalog.ts';
import { Context as LiquidContext } from 'liquidjs';
import { customerOf, knownCart, languageOf, languages, themeSettings } from './visit.ts';

export const themeFolder = join(import.meta.dirname, '../theme');
const themeAssets = '/theme/assets';

export interface Page {
  /** Shopify's template type: decides which blocks may show */
  readonly template: string;
  readonly title?: string;
  readonly status?: 200 | 400 | 404 | 422;
  /** Liquid of an app in place of the theme's template */
  readonly liquid?: string;
  /** what only this page's template sees */
  readonly data?: Record<string, unknown>;
  /** standard customer events that the page itself means */
  readonly events?: readonly StorefrontEvent[];
}

/** What every handler of the storefront shares. */
export interface Storefront {
  readonly deps: StorefrontDeps;
  readonly carts: Carts;
  readonly offersFor: OfferSource;
  readonly transform: TransformSource;
}

const emptyCart: Cart = { token: '', lines: [], attributes: {}, codes: [], events: [] };

/** The visitor's cart with its discounts. */
export function pricedCartOf(front: Storefront, c: Context): Promise<PricedCart> {
  const cart = knownCart(c, front.carts) ?? { ...emptyCart };
  cart.customerId = customerOf(c, front.deps.store)?.id ?? null;
  cart.language = languageOf(c);
  return priceCart(front.deps.store, cart, front.offersFor, front.transform);
}

/** What Liquid sees on every page. */
function globalsOf(front: Storefront, c: Context, page: Page, priced: PricedCart): Globals {
  const { store } = front.deps;
  const customer = customerOf(c, store);
  const url = new URL(c.req.url);
  return {
    template: page.template,
    shop: {
      name: store.shop.name,
      currency: store.shop.currency,
      money_format: moneyFormat(store.shop.currency),
      permanent_domain: store.shop.domain,
      url: url.origin,
    },
    cart: cartDrop(store, priced),
    customer: customer && customerDrop(store, customer),
    request: { locale: { iso_code: languageOf(c) }, path: url.pathname, path_with_query: url.pathname + url.search },
    localization: { available_languages: languages },
    routes: {
      root_url: '/',
      cart_url: '/cart',
      cart_add_url: '/cart/add',
      cart_change_url: '/cart/change',
      cart_update_url: '/cart/update',
      search_url: '/search',
      account_url: '/account',
      all_products_collection_url: '/collections/all',
    },
    product: page.data?.['product'],
    collection: page.data?.['collection'],
    settings: themeSettings(c),
  };
}

const theme = () => createRenderer(themeFolder, themeAssets);

const read = (file: string): string => readFileSync(join(themeFolder, file), 'utf8');

/** Parts of the theme on their own, as Shopify's Section Rendering API answers them; unknown ones are null. */
export async function renderSections(
  front: Storefront,
  c: Context,
  names: readonly string[],
): Promise<Record<string, string | null>> {
  const globals = globalsOf(front, c, { template: 'cart' }, await pricedCartOf(front, c));
  const known = readdirSync(join(themeFolder, 'sections'));
  const sections: Record<string, string | null> = {};
  for (const name of names) {
    sections[name] = known.includes(`${name}.liquid`)
      ? theme().render(read(`sections/${name}.liquid`), {}, globals)
      : null;
  }
  return sections;
}

/** Renders a page of the theme with our extension's blocks in it. */
export async function renderPage(front: Storefront, c: Context, page: Page): Promise<Response> {
  const { store } = front.deps;
  const priced = await pricedCartOf(front, c);
  const globals = globalsOf(front, c, page, priced);
  const blocks = createExtensionBlocks(store, join(front.deps.extensionsFolder, 'theme-app-extension')).render(
    page.template,
    globals,
  );
  const { options, render } = theme();
  const drawer = render(read('sections/cart-drawer.liquid'), {}, globals);
  const scope = new LiquidContext({ ...page.data, app_blocks: blocks.sections, problems: priced.problems }, options, {
    globals,
    sync: true,
  });
  const content = render(page.liquid ?? read(`templates/${page.template}.liquid`), scope, globals);
  // As in Shopify, the layout comes after the template and sees what it assigned.
  const assigned = (name: string): unknown => (page.liquid === undefined ? '' : scope.getSync([name]));
  const events = [...priced.cart.events.splice(0), ...(page.events ?? [])];
  const html = render(
    read('layout/theme.liquid'),
    {
      page_title: page.title ?? assigned('page_title'),
      page_description: assigned('page_description'),
      menu: menuOf(front, languageOf(c)),
      cart_drawer: drawer,
      search: page.data?.['search'],
      content_for_header: `<script src="${themeAssets}/privacy.js"></script>\n${blocks.head}`,
      content_for_layout: content,
      content_for_body: blocks.body + pixelParts(front, events),
    },
    globals,
  );
  return c.html(html, page.status ?? 200);
}

/** What fits beside the shop's name on a desktop. */
const menuLetters = 55;

function menuOf(front: Storefront, language: string): { title: string; url: string }[] {
  const all = {
    en: 'All products',
    de: 'Alle Produkte',
    fr: 'Tous les produits',
    es: 'Todos los productos',
    ja: 'すべての商品',
  };
  let room = menuLetters;
  const collections = [...front.deps.store.collections.values()].filter(
    (collection) => (room -= collection.title.length + 3) > 0,
  );
  return [
    { title: all[language as keyof typeof all], url: '/collections/all' },
    ...collections.map((collection) => ({ title: collection.title, url: `/collections/${collection.handle}` })),
  ];
}

/** What the pixel host reads: events always, settings only where the app has activated its pixel. */
function pixelParts(front: Storefront, events: readonly StorefrontEvent[]): string {
  const { installation, pixel } = front.deps.store;
  const settings = installation && pixel ? (JSON.parse(pixel.settings) as unknown) : null;
  const data = (id: string, value: unknown): string =>
    `<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`;
  return `${data('sandbox-events', events)}${data('sandbox-pixel', settings)}<script src="${themeAssets}/pixel-host.js" defer></script>`;
}

/** Cards of the newest products that can be bought, of as many different types as there are. */
export function newestProducts(front: Storefront, count: number): ReturnType<typeof productDrop>[] {
  const { store } = front.deps;
  const newest = [...store.products.values()]
    .filter((product) => isPublished(product) && product.variants.some((variant) => isAvailable(variant)))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || a.id.localeCompare(b.id));
  const first = new Map<string, (typeof newest)[number]>();
  for (const product of newest) if (!first.has(product.productType)) first.set(product.productType, product);
  const chosen = new Set([...first.values(), ...newest.slice(0, count)]);
  return [...chosen].slice(0, count).map((product) => productDrop(store, product));
}
