import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import { notFound } from './failures.ts';
import type { BundleContext, BundleResult } from './model.ts';
import { writeDeleted } from './store.ts';

/** Takes a bundle out of the list and the store. `restoreBundle` undoes it. Failure: 'not-found'. */
export async function deleteBundle(
  scope: ShopScope,
  id: string,
  context: Pick<BundleContext, 'now'>,
): Promise<BundleResult<null>> {
  const done = isUuid(id) && (await writeDeleted(scope, id, context.now, context.now));
  return done ? { ok: true, value: null } : notFound;
}

/** Brings a deleted bundle back as it was. Failure: 'not-found' when it is not deleted or not this shop's. */
export async function restoreBundle(
  scope: ShopScope,
  id: string,
  context: Pick<BundleContext, 'now'>,
): Promise<BundleResult<null>> {
  const done = isUuid(id) && (await writeDeleted(scope, id, null, context.now));
  return done ? { ok: true, value: null } : notFound;
}
