import { listBundles } from '#app/domains/bundles/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** The most bundles that the choice of a subject offers, last changed first. */
const mostBundles = 100;

/** Titles of the shop's bundles by id. */
export async function bundleTitles(scope: ShopScope, now: Date): Promise<Record<string, string>> {
  const { items } = await listBundles(scope, { status: 'all', sort: 'updated', pageSize: mostBundles }, now);
  return Object.fromEntries(items.map(({ bundle }) => [bundle.id, bundle.title]));
}
