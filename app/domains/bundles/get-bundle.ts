import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import { availableBundles } from './availability.ts';
import { notFound } from './failures.ts';
import type { AnyBundle, BundleDetails, BundleProduct, BundleResult } from './model.ts';
import { phaseOf } from './rules.ts';
import { noNumbers, readBundle, readNumbers, readProducts } from './store.ts';

/** A bundle of any kind with everything that its editor shows. Failure: 'not-found' (also for another shop's id). */
export async function getAnyBundle(
  scope: ShopScope,
  id: string,
  now: Date,
): Promise<BundleResult<BundleDetails<AnyBundle>>> {
  const bundle = isUuid(id) ? await readBundle(scope, id) : null;
  if (!bundle) return notFound;
  const products = await readProducts(
    scope,
    bundle.items.map((item) => item.productId),
  );
  const numbers = await readNumbers(scope, [bundle.id]);
  return {
    ok: true,
    value: {
      bundle,
      phase: phaseOf(bundle, now),
      available: availableBundles(bundle, products),
      products,
      numbers: numbers.get(bundle.id) ?? noNumbers,
    },
  };
}

/**
 * Products by id, for the editor after its product picker closed. Ids that the shop does not have, or that are
 * none, are left out.
 */
export async function getBundleProducts(scope: ShopScope, ids: readonly string[]): Promise<BundleProduct[]> {
  return readProducts(
    scope,
    ids.filter((id) => /^\d{1,20}$/.test(id)),
  );
}
