import { readProducts } from '#app/domains/catalog/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** Titles of products by id, for a form that names them; what is gone is left out. */
export async function productTitles(scope: ShopScope, ids: readonly string[]): Promise<Record<string, string>> {
  const products = await readProducts(scope, [...new Set(ids)]);
  return Object.fromEntries(products.filter(({ deletedAt }) => deletedAt === null).map(({ id, title }) => [id, title]));
}
