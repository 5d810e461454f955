import type { ShopScope } from '#app/infra/database.ts';
import { type BundleId, isUuid } from '#app/shared/ids.ts';
import { notFound } from './failures.ts';
import { type AnyBundle, type AnyBundleForm, type BundleContext, bundleLimits, type BundleResult } from './model.ts';
import { insertBundle, readBundle } from './store.ts';

/**
 * Copies a bundle as a draft with `suffix` behind its title (" (copy)" in the merchant's language).
 * Failure: 'not-found'.
 */
export async function duplicateBundle(
  scope: ShopScope,
  id: string,
  suffix: string,
  context: BundleContext,
): Promise<BundleResult<AnyBundle>> {
  const source = isUuid(id) ? await readBundle(scope, id) : null;
  if (!source) return notFound;
  const { id: _id, revision: _revision, createdAt: _created, updatedAt: _updated, ...values } = source;
  const form: AnyBundleForm = {
    ...values,
    title: `${source.title.slice(0, bundleLimits.titleLength - suffix.length)}${suffix}`,
    status: 'draft',
  };
  const copy = context.newId() as BundleId;
  // Nobody has entered its amounts anew.
  await insertBundle(scope, copy, form, context.now, source.currency);
  return { ok: true, value: { ...form, id: copy, revision: 1, createdAt: context.now, updatedAt: context.now } };
}
