import type { Offer } from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import { variantsOf } from './availability.ts';
import type { AnyBundle, BundleProduct } from './model.ts';
import { readBundle, readProducts } from './store.ts';
import { toOffer } from './to-offer.ts';
import { readWholes, withWholes } from './wholes.ts';

/** A bundle as shoppers meet it. */
export interface WholeBundle {
  /** with the products of its collections among its items */
  readonly bundle: AnyBundle;
  /** as the discount rules see it, without items that the store does not have */
  readonly offer: Offer;
  readonly products: readonly BundleProduct[];
}

/** A bundle of any kind as the checkout sees it today; null where the shop has none with this id. */
export async function getWholeBundle(scope: ShopScope, id: string): Promise<WholeBundle | null> {
  const stored = isUuid(id) ? await readBundle(scope, id) : null;
  if (!stored) return null;
  const bundle = withWholes(stored, await readWholes(scope, [stored]));
  const products = await readProducts(
    scope,
    bundle.items.map((item) => item.productId),
  );
  const items = bundle.items.filter((item) => variantsOf(item, products).length > 0);
  return { bundle, offer: { ...toOffer(bundle), items }, products };
}
