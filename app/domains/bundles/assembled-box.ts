import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import { mostItems } from './for-page.ts';
import { phaseOf } from './rules.ts';
import { readBundle } from './store.ts';
import { readWholes, withWholes } from './wholes.ts';

/**
 * What may go into a live box that is assembled for each visitor, in the merchant's order: as many products as a page
 * shows of it. Null where the id is of anything else.
 */
export async function productsOfAssembledBox(scope: ShopScope, id: string, now: Date): Promise<string[] | null> {
  const bundle = isUuid(id) ? await readBundle(scope, id) : null;
  if (bundle?.kind !== 'build-a-box' || bundle.terms.assembled !== true || phaseOf(bundle, now) !== 'live') return null;
  const { items } = withWholes(bundle, await readWholes(scope, [bundle]));
  return [...new Set(items.map(({ productId }) => productId))].slice(0, mostItems);
}
