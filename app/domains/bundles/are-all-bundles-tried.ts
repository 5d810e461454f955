import { areAllTried, type IncentiveRules } from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { phaseOf } from './rules.ts';
import { readCollectionProducts } from './store-publication.ts';
import { readActive } from './store.ts';
import { toOffer } from './to-offer.ts';
import { withCollections } from './with-collections.ts';

/** False where so many bundles are live that the checkout cannot try all of them in the largest carts. */
export async function areAllBundlesTried(scope: ShopScope, now: Date, rules: IncentiveRules): Promise<boolean> {
  const live = (await readActive(scope)).filter((bundle) => phaseOf(bundle, now) === 'live');
  const inCollections = await readCollectionProducts(
    scope,
    live.flatMap((bundle) =>
      'collections' in bundle ? bundle.collections.map(({ collectionId }) => collectionId) : [],
    ),
  );
  return areAllTried(
    live.map((bundle) => toOffer(withCollections(bundle, inCollections))),
    rules,
  );
}
