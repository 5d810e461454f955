import type { BundlePreview, IncentiveRules } from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isWhole, variantsOf } from './availability.ts';
import type { AnyBundle } from './model.ts';
import { readProducts } from './store.ts';
import { previewBundle } from './to-offer.ts';
import { readWholes, withWholes } from './wholes.ts';

/**
 * Price, saving and what shoppers are promised of stored bundles of any kind, at today's prices and with their
 * collections. Bundles that lack a part are left out: they are not on sale, whatever their margin.
 */
export async function previewStoredBundles(
  scope: ShopScope,
  bundles: readonly AnyBundle[],
  rules: IncentiveRules,
): Promise<ReadonlyMap<string, BundlePreview>> {
  const wholes = await readWholes(scope, bundles);
  const full = bundles.map((bundle) => withWholes(bundle, wholes));
  const products = await readProducts(
    scope,
    full.flatMap((bundle) => bundle.items.map((item) => item.productId)),
  );
  return new Map(
    full
      .filter((bundle) => isWhole(bundle, products))
      .map((bundle) => {
        // As in the publication: an offer without one of its choices still is one.
        const items = bundle.items.filter((item) => variantsOf(item, products).length > 0);
        return [bundle.id, previewBundle({ ...bundle, items }, products, rules)];
      }),
  );
}
