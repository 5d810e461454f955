import { listBundles } from '#app/domains/bundles/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { pricedBundle } from './priced-bundle.server.ts';
import type { Subjects } from './subject-options.ts';

/** The most bundles that the choice of a subject offers, last changed first. */
const mostBundles = 100;

/** Titles of the shop's bundles by id, and what those give of which a price test changes something. */
export async function bundlesToTest(scope: ShopScope, now: Date): Promise<Pick<Subjects, 'bundles' | 'priced'>> {
  const { items } = await listBundles(scope, { status: 'all', sort: 'updated', pageSize: mostBundles }, now);
  return {
    bundles: Object.fromEntries(items.map(({ bundle }) => [bundle.id, bundle.title])),
    priced: Object.fromEntries(
      items.flatMap(({ bundle }) => {
        const priced = pricedBundle(bundle);
        return priced ? [[bundle.id, priced]] : [];
      }),
    ),
  };
}
