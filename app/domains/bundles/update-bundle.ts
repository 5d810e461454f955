import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import { checkBundle } from './check-bundle.ts';
import { conflict, notFound } from './failures.ts';
import type { AnyBundle, BundleContext, BundleResult } from './model.ts';
import { currencyOfShop, readBundle, replaceBundle } from './store.ts';

/**
 * Replaces a bundle by what the editor sent, if nobody changed it since `revision`.
 * Failures: 'invalid', 'conflict', 'not-found'.
 */
export async function updateBundle(
  scope: ShopScope,
  id: string,
  revision: number,
  input: unknown,
  context: Pick<BundleContext, 'now'>,
): Promise<BundleResult<AnyBundle>> {
  const before = isUuid(id) ? await readBundle(scope, id) : null;
  if (!before) return notFound;
  const checked = await checkBundle(scope, input);
  if (!checked.ok) return checked;
  if (!(await replaceBundle(scope, id, revision, checked.value, context.now))) return conflict;
  return {
    ok: true,
    value: {
      ...checked.value,
      id: before.id,
      revision: revision + 1,
      createdAt: before.createdAt,
      updatedAt: context.now,
      currency: await currencyOfShop(scope),
    },
  };
}
