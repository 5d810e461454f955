import type { ShopScope } from '#app/infra/database.ts';
import type { BundleId } from '#app/shared/ids.ts';
import { checkBundle } from './check-bundle.ts';
import type { AnyBundle, BundleContext, BundleResult } from './model.ts';
import { currencyOfShop, insertBundle } from './store.ts';

/** Creates a bundle from what the editor sent (`BundleFormInput`, not trusted). Failure: 'invalid'. */
export async function createBundle(
  scope: ShopScope,
  input: unknown,
  context: BundleContext,
): Promise<BundleResult<AnyBundle>> {
  const checked = await checkBundle(scope, input);
  if (!checked.ok) return checked;
  const id = context.newId() as BundleId;
  await insertBundle(scope, id, checked.value, context.now);
  const currency = await currencyOfShop(scope);
  return {
    ok: true,
    value: { ...checked.value, id, revision: 1, createdAt: context.now, updatedAt: context.now, currency },
  };
}
