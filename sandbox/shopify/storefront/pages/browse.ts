import { Hono } from 'hono';
import { variantData } from '../cart/cart.ts';
import { collectionCard, findCollection, isPublished, paginate, relatedProducts, searchProducts } from '../catalog.ts';
import { productDrop } from '../liquid/product-drop.ts';
import { translate, readLocales } from '../liquid/translate.ts';
import { newestProducts, renderPage, type Storefront, themeFolder } from '../page.ts';
import { languageOf } from '../visit.ts';
import { join } from 'node:path';

/** Longest search that is looked up. */
const longestSearch = 200;

/** Home, collection, product and search pages. */
export function browsePages(front: Storefront): Hono {
  const { store } = front.deps;
  const app = new Hono();

  app.get('/', (c) =>
    renderPage(front, c, {
      template: 'index',
      data: {
        featured: newestProducts(front, 8),
        collections: [...store.collections.values()]
          .slice(0, 12)
          .map((collection) => collectionCard(store, collection)),
      },
      events: [{ name: 'page_viewed', data: {} }],
    }),
  );

  app.get('/collections/:handle', (c) => {
    const title = translate(readLocales(join(themeFolder, 'locales')), languageOf(c), 'collection.all', {});
    const found = findCollection(store, c.req.param('handle'), title);
    if (!found) return renderPage(front, c, { template: '404', status: 404 });
    const { items, pagination } = paginate(
      found.products,
      Number(c.req.query('page') ?? 1),
      (page) => `/collections/${found.handle}?page=${String(page)}`,
    );
    return renderPage(front, c, {
      template: 'collection',
      title: found.title,
      data: {
        collection: {
          title: found.title,
          handle: found.handle,
          url: `/collections/${found.handle}`,
          products_count: found.products.length,
          products: items.map((product) => productDrop(store, product)),
        },
        pagination,
      },
      events: [
        { name: 'page_viewed', data: {} },
        { name: 'collection_viewed', data: { collection: { id: found.handle, title: found.title } } },
      ],
    });
  });

  app.get('/products/:handle', (c) => {
    const product = store.productByHandle(c.req.param('handle'));
    if (!product || !isPublished(product)) return renderPage(front, c, { template: '404', status: 404 });
    const drop = productDrop(store, product, c.req.query('variant'));
    const shown = product.variants.find(
      (variant) => variant.id === String(drop.selected_or_first_available_variant?.id),
    );
    const collection = store.collections.get(product.collectionIds[0] ?? '');
    return renderPage(front, c, {
      template: 'product',
      title: product.title,
      data: {
        product: drop,
        collection: collection ? { title: collection.title, url: `/collections/${collection.handle}` } : null,
        related: relatedProducts(store, product, 4),
      },
      events: [
        { name: 'page_viewed', data: {} },
        ...(shown
          ? [{ name: 'product_viewed', data: { productVariant: variantData({ product, variant: shown }) } }]
          : []),
      ],
    });
  });

  app.get('/search', (c) => {
    const terms = (c.req.query('q') ?? '').trim().slice(0, longestSearch);
    const results = searchProducts(store, terms);
    const { items, pagination } = paginate(
      results,
      Number(c.req.query('page') ?? 1),
      (page) => `/search?${new URLSearchParams({ q: terms, page: String(page) }).toString()}`,
    );
    return renderPage(front, c, {
      template: 'search',
      title: terms,
      data: {
        search: {
          performed: terms !== '',
          terms,
          results: items.map((product) => productDrop(store, product)),
          results_count: results.length,
        },
        pagination,
      },
      events: [
        { name: 'page_viewed', data: {} },
        ...(terms === '' ? [] : [{ name: 'search_submitted', data: { searchResult: { query: terms } } }]),
      ],
    });
  });
  return app;
}
