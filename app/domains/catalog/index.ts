export { type CatalogCollection, readCollections, searchCollections } from './collections.ts';
export type { CatalogPage, CatalogProduct, CatalogSearch, CatalogVariant } from './model.ts';
export { canBuy } from './rows.ts';
export { countProducts, readProducts, readProductsByHandle, searchProducts } from './search-products.ts';
export { readShownTitles, type ShownTitles } from './shown-titles.ts';
export { markProductDeleted, readPricesAndCosts, readProductIdsAfter, upsertProducts } from './store.ts';
