import type { ShopScope } from '#app/infra/database.ts';
import { type BundleId, isUuid } from '#app/shared/ids.ts';
import { notFound } from './failures.ts';
import { type Bundle, type BundleContext, type BundleForm, bundleLimits, type BundleResult } from './model.ts';
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
): Promise<BundleResult<Bundle>> {
  const source = isUuid(id) ? await readBundle(scope, id) : null;
  if (!source) return notFound;
  const form: BundleForm = {
    title: `${source.title.slice(0, bundleLimits.titleLength - suffix.length)}${suffix}`,
    kind: source.kind,
    discount: source.discount,
    pickCount: source.pickCount,
    startsAt: source.startsAt,
    endsAt: source.endsAt,
    status: 'draft',
    items: source.items,
  };
  const copy = context.newId() as BundleId;
  await insertBundle(scope, copy, form, context.now);
  return { ok: true, value: { ...form, id: copy, revision: 1, createdAt: context.now, updatedAt: context.now } };
}
