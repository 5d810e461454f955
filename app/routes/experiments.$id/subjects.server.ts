import { listBundles } from '#app/domains/bundles/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** The most bundles that the choice of a subject offers, last changed first. */
const mostBundles = 100;

/** Titles of the shop's bundles by id, and which of them have the one discount that a price test changes. */
export async function bundlesToTest(
  scope: ShopScope,
  now: Date,
): Promise<{ bundles: Record<string, string>; priced: string[] }> {
  const { items } = await listBundles(scope, { status: 'all', sort: 'updated', pageSize: mostBundles }, now);
  const sets = items.filter(({ bundle }) => bundle.kind === 'fixed' || bundle.kind === 'mix-and-match');
  return {
    bundles: Object.fromEntries(items.map(({ bundle }) => [bundle.id, bundle.title])),
    priced: sets.map(({ bundle }) => bundle.id),
  };
}
