import { createHash } from 'node:crypto';
import { z } from 'zod';
import { getAnyBundle, listBundles, liveBundlesForPublication } from '#app/domains/bundles/index.ts';
import { type CatalogProduct, readProducts, readProductsByHandle } from '#app/domains/catalog/index.ts';
import { readConversion } from '#app/domains/incentives/index.ts';
import { readShop, type Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';
import { readKept } from './access/kept-from.ts';
import { renderAbsence, renderPage } from './bundle-page-liquid.ts';
import { bundlePagePath, idDigitsOf } from './bundle-page-url.ts';
import { type PagePricing, type PageView, viewBundle, viewItems } from './bundle-page-view.ts';
import { rulesOfShop } from './rules-of-shop.ts';

export const pageLimits = { leastItems: 2, mostItems: 10, handleLength: 255 } as const;

/** What a store shows a shopper in another currency than its own: units of it for one of the shop's ("1.0837"). */
export interface Presentment {
  readonly currency: string;
  readonly rate: string;
}

/**
 * Which page is asked for, and where the app proxy stands in the store. Without `presentment` amounts are in the
 * shop's currency.
 */
export type PageAsk = { readonly pathPrefix: string; readonly presentment?: Presentment } & (
  | { readonly type: 'bundle'; readonly name: string }
  /** handles or ids of products */
  | { readonly type: 'items'; readonly items: readonly string[] }
);

/** How a page is written: the store's address is for the writer to use. */
export interface PageWriter {
  /** tells pages of one writer from those of another */
  readonly name: string;
  readonly page: (view: PageView, storefrontUrl: string) => string;
  readonly absence: (storefrontUrl: string) => string;
}

/** As Liquid, which the platform renders inside the store's theme. */
export const liquidWriter: PageWriter = {
  name: 'liquid',
  page: (view) => renderPage(view),
  absence: () => renderAbsence('not-found'),
};

/** A page as its writer has it. */
export interface PageAnswer {
  readonly status: 200 | 404;
  readonly text: string;
  readonly etag: string;
  /** may search engines keep it? */
  readonly index: boolean;
}

const cached = z.object({
  status: z.union([z.literal(200), z.literal(404)]),
  text: z.string(),
  etag: z.string(),
  index: z.boolean(),
});

/** A page may be this old where no word of a change arrives; the cart reads live prices anyway. */
const pageSeconds = 60;
const generationSeconds = 86_400;
const generationKey = (shopId: ShopId): string => `bundle-pages:${shopId}`;

/** To be called after a change of bundles, products or settings: pages of this shop are made anew. */
export async function forgetBundlePages(services: Pick<Services, 'cache' | 'log'>, shopId: ShopId): Promise<void> {
  // Losing this costs a page that is a minute old, which must not cost the change itself.
  await services.cache.increment(generationKey(shopId), generationSeconds).catch((error: unknown) => {
    services.log.warn({ shopId, err: error }, 'pages of bundles were not forgotten');
  });
}

/** The page of a live bundle or of products that somebody put together, from the cache where it is there. */
export async function bundlePage(
  services: Pick<Services, 'cache' | 'db' | 'clock' | 'log'>,
  shopId: ShopId,
  ask: PageAsk,
  writer: PageWriter,
): Promise<PageAnswer> {
  const { cache } = services;
  const generation = (await cache.get(generationKey(shopId)).catch(() => null)) ?? '0';
  const digest = createHash('sha256')
    .update(JSON.stringify([writer.name, ask]))
    .digest('base64url');
  const key = `bundle-page:${shopId}:${generation}:${digest}`;
  const known = await cache.get(key).catch(() => null);
  if (known !== null) return cached.parse(JSON.parse(known));
  const now = services.clock.now();
  const { made, storefrontUrl } = await services.db.inShop(shopId, async (scope) => {
    const shop = await readShop(scope);
    return { made: await readView(scope, shop, ask, now), storefrontUrl: shop.storefrontUrl };
  });
  const text = made ? writer.page(made.view, storefrontUrl) : writer.absence(storefrontUrl);
  const answer: PageAnswer = {
    status: made ? 200 : 404,
    text,
    etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`,
    index: made !== null && made.view.bundleId !== null,
  };
  const seconds = Math.min(pageSeconds, Math.max(1, Math.floor(((made?.until ?? Infinity) - now.getTime()) / 1000)));
  await cache.set(key, JSON.stringify(answer), seconds).catch((error: unknown) => {
    services.log.warn({ shopId, err: error }, 'a page of a bundle was not kept');
  });
  return answer;
}

interface MadeView {
  readonly view: PageView;
  /** when a bundle starts or ends, milliseconds */
  readonly until: number;
}

/** How the page's cart is priced, and its products with the prices that the shopper sees. */
async function pricingOf(scope: ShopScope, shop: Shop, now: Date, presentment: Presentment | undefined) {
  const own: Presentment = { currency: shop.currency, rate: '1.0' };
  const asked = presentment ?? own;
  const conversion = readConversion(asked.rate, shop.currency, asked.currency);
  const shown = conversion ? asked : own;
  const pricing: PagePricing = {
    ...shown,
    // The store's own way of writing amounts names its currency.
    moneyFormat: shown.currency === shop.currency ? shop.moneyFormat : null,
    shopCurrency: shop.currency,
    // What a page promises stands in a cart without a code.
    rules: rulesOfShop(shop, null),
    kept: await readKept(scope, shop.timeZone, now),
    now,
  };
  const seen = (product: CatalogProduct): CatalogProduct => ({
    ...product,
    variants: product.variants.map((variant) => ({
      ...variant,
      priceMinor: conversion ? conversion.nearest(variant.priceMinor) : variant.priceMinor,
    })),
  });
  return { pricing, seen };
}

async function readOffers(scope: ShopScope, shop: Shop, ask: PageAsk, now: Date) {
  const { pricing, seen } = await pricingOf(scope, shop, now, ask.presentment);
  const { rules } = pricing;
  const live = await liveBundlesForPublication(scope, { currency: shop.currency, rules, now, discountTitle: '' });
  return { pricing, seen, live, until: live.nextChangeAt?.getTime() ?? Infinity };
}

async function readView(scope: ShopScope, shop: Shop, ask: PageAsk, now: Date): Promise<MadeView | null> {
  if (ask.type === 'items') {
    // First, because anybody may ask for products that are none, and reading offers can be long.
    const products = await readNamed(scope, ask.items);
    if (!products) return null;
    const { pricing, seen, live, until } = await readOffers(scope, shop, ask, now);
    const ids = products.map(({ id }) => id);
    const path = `${ask.pathPrefix}/bundle?items=${products.map(({ handle }) => encodeURIComponent(handle)).join(',')}`;
    const view = viewItems(ids, products.map(seen), live.bundles, path, pricing);
    return view && { view, until };
  }
  const { pricing, seen, live, until } = await readOffers(scope, shop, ask, now);
  const id = await findId(scope, ask.name, now);
  const bundle = live.bundles.find((one) => one.id === id);
  if (!bundle) return null;
  const products = await readProducts(scope, [...new Set(bundle.items.map(({ productId }) => productId))]);
  const view = viewBundle(bundle, products.map(seen), bundlePagePath(bundle, ask.pathPrefix), pricing);
  return view && { view, until };
}

const bundlesPerPage = 100;

/** The id of a bundle of this shop by its id or its handle, or null. */
async function findId(scope: ShopScope, name: string, now: Date): Promise<string | null> {
  if (isUuid(name)) return (await getAnyBundle(scope, name, now)).ok ? name : null;
  const digits = idDigitsOf(name);
  if (digits === null) return null;
  for (let page = 1; ; page += 1) {
    const query = { search: '', status: 'live', sort: 'updated', page, pageSize: bundlesPerPage } as const;
    const { items } = await listBundles(scope, query, now);
    const found = items.find(({ bundle }) => bundle.id.startsWith(digits));
    if (found) return found.bundle.id;
    if (items.length < bundlesPerPage) return null;
  }
}

/** The products by id or handle, in the order asked for and each once; null when one is not there. */
async function readNamed(scope: ShopScope, names: readonly string[]): Promise<CatalogProduct[] | null> {
  const byId = await readProducts(
    scope,
    names.filter((name) => /^\d{1,20}$/.test(name)),
  );
  const byHandle = await readProductsByHandle(scope, names);
  const found = names.map(
    (name) => byId.find(({ id }) => id === name) ?? byHandle.find(({ handle }) => handle === name) ?? null,
  );
  const products = found.flatMap((product) => product ?? []);
  if (products.length < names.length) return null;
  const distinct = [...new Map(products.map((product) => [product.id, product])).values()];
  return distinct.length >= pageLimits.leastItems ? distinct : null;
}
