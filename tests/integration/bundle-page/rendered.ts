import { join } from 'node:path';
import { createEngine } from '#sandbox/shopify/storefront/liquid/engine.ts';
import { readLocales } from '#sandbox/shopify/storefront/liquid/translate.ts';
import { themeFolder } from '#sandbox/shopify/storefront/page.ts';

/** A store as a shopper of another market meets it. */
export interface RenderedFor {
  readonly currency: string;
  /** by variant, in Liquid's hundredths; the product's handle ends with all but the last digit of the variant's id */
  readonly prices: Readonly<Record<string, number>>;
  readonly moneyFormat: string;
}

function productsOf(prices: RenderedFor['prices']) {
  const products: Record<string, { variants: { id: number; price: number }[] }> = {};
  for (const [id, price] of Object.entries(prices)) {
    const product = (products[`product-${id.slice(0, -1)}`] ??= { variants: [] });
    product.variants.push({ id: Number(id), price });
  }
  return products;
}

/** As the theme would: the shopper's language and currency, the store's routes. */
export async function rendered(liquid: string, language = 'en', store?: RenderedFor): Promise<string> {
  const engine = createEngine({
    folder: join(themeFolder, 'snippets'),
    locales: readLocales(join(themeFolder, 'locales')),
    assetBase: '',
  });
  const globals = {
    request: { locale: { iso_code: language } },
    shop: { url: 'https://shop.test', ...(store ? { money_format: store.moneyFormat } : {}) },
    ...(store ? { cart: { currency: { iso_code: store.currency } }, all_products: productsOf(store.prices) } : {}),
    routes: {
      root_url: '/',
      cart_url: '/cart',
      cart_add_url: '/cart/add',
      all_products_collection_url: '/collections/all',
    },
  };
  return (await engine.parseAndRender(liquid, {}, { globals })) as string;
}
