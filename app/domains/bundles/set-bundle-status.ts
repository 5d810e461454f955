import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import { checkBundle } from './check-bundle.ts';
import { notFound } from './failures.ts';
import type { AnyBundle, BundleContext, BundleResult, BundleStatus } from './model.ts';
import { readBundle, writeStatus } from './store.ts';

/**
 * Activates, pauses or drafts a bundle. What would not pass the editor any more (a product is gone, a price
 * fell below the amount off) is not activated. Failures: 'not-found', 'invalid'.
 */
export async function setBundleStatus(
  scope: ShopScope,
  id: string,
  status: BundleStatus,
  context: Pick<BundleContext, 'now'>,
): Promise<BundleResult<AnyBundle>> {
  const before = isUuid(id) ? await readBundle(scope, id) : null;
  if (!before) return notFound;
  if (status === 'active') {
    const checked = await checkBundle(scope, {
      ...before,
      status,
      startsAt: before.startsAt?.toISOString() ?? null,
      endsAt: before.endsAt?.toISOString() ?? null,
    });
    if (!checked.ok) return checked;
  }
  if (!(await writeStatus(scope, id, status, context.now))) return notFound;
  return { ok: true, value: { ...before, status, revision: before.revision + 1, updatedAt: context.now } };
}
