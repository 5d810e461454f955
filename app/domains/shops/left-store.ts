import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import type { PlatformKind } from '#app/platforms/platform.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { deleteTenant } from './store.ts';

/** Shops on these platforms that were disconnected before `before` and have not been cleared since. */
export async function findShopsToLeave(
  scope: SystemScope,
  platforms: readonly PlatformKind[],
  before: Date,
): Promise<ShopId[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM shop WHERE status = 'uninstalled' AND platform = ANY(${[...platforms]})
      AND uninstalled_at < ${before} AND platform_state->>'leftAt' IS NULL ORDER BY uninstalled_at LIMIT 1000`;
  return rows.map((row) => toShopId(row.id));
}

/**
 * Clearing the store after this leave has ended, `cleared` or not; nothing where the merchant came back meanwhile,
 * which forgets the note.
 */
export async function noteLeft(
  scope: ShopScope,
  uninstalledAt: Date,
  end: { readonly cleared: boolean; readonly now: Date },
): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE shop SET platform_state = platform_state
      || jsonb_build_object('leftAt', ${end.now.toISOString()}::text, 'leftCleared', ${end.cleared}::boolean)
    WHERE id = ${scope.shopId}::uuid AND status = 'uninstalled' AND uninstalled_at = ${uninstalledAt}`;
}

/** Shops whose merchants took leave before `before` and have not come back. */
export async function findShopsToErase(scope: SystemScope, before: Date): Promise<ShopId[]> {
  const rows = await scope.tx.shop.findMany({
    where: { status: 'uninstalled', uninstalledAt: { lt: before } },
    select: { id: true },
    orderBy: { uninstalledAt: 'asc' },
    take: 1_000,
  });
  return rows.map((row) => toShopId(row.id));
}

/** Deletes the tenant where its merchant took leave before `before`; false where they have come back since. */
export async function deleteLeftTenant(scope: ShopScope, before: Date): Promise<boolean> {
  // A return waits for this lock and then makes a new tenant; after a return the row does not fit any more.
  const rows = await scope.tx.$queryRaw<unknown[]>`
    SELECT 1 AS left_for_good FROM shop
    WHERE id = ${scope.shopId}::uuid AND status = 'uninstalled' AND uninstalled_at < ${before} FOR UPDATE`;
  if (rows.length === 0) return false;
  await deleteTenant(scope);
  return true;
}
