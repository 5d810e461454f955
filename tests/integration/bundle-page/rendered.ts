import { join } from 'node:path';
import { createEngine } from '#sandbox/shopify/storefront/liquid/engine.ts';
import { readLocales } from '#sandbox/shopify/storefront/liquid/translate.ts';
import { themeFolder } from '#sandbox/shopify/storefront/page.ts';

/** As the theme would: the shopper's language, the store's routes. */
export async function rendered(liquid: string, language = 'en'): Promise<string> {
  const engine = createEngine({
    folder: join(themeFolder, 'snippets'),
    locales: readLocales(join(themeFolder, 'locales')),
    assetBase: '',
  });
  const globals = {
    request: { locale: { iso_code: language } },
    shop: { url: 'https://shop.test' },
    routes: {
      root_url: '/',
      cart_url: '/cart',
      cart_add_url: '/cart/add',
      all_products_collection_url: '/collections/all',
    },
  };
  return (await engine.parseAndRender(liquid, {}, { globals })) as string;
}
