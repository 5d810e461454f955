import { randomBytes, randomUUID } from 'node:crypto';
import { addRun, type Run } from '#app/domains/activity/index.ts';
import { setHoldout } from '#app/domains/experiments/index.ts';
import { readShop, saveInstallation, saveProfile, saveStatus } from '#app/domains/shops/index.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { type PlatformKind, PlatformRefusal, PlatformUnavailable, type ShopRef } from '#app/platforms/platform.ts';
import { toShopId } from '#app/shared/ids.ts';

/**
 * Makes a store a tenant, or brings it back, in the caller's transaction; where it was not one before, its import
 * waits to be announced.
 * @param saveAccess keeps what the platform is asked with
 */
export async function settleShop(
  system: SystemScope,
  values: { readonly platform: PlatformKind; readonly domain: string; readonly now: Date },
  saveAccess: (scope: ShopScope) => Promise<void>,
): Promise<{ ref: ShopRef; run: Run | null }> {
  const { platform, domain, now } = values;
  const id = toShopId(randomUUID());
  const { shopId, changed } = await saveInstallation(system, { id, platform, domain, now });
  const scope: ShopScope = { shopId, tx: system.tx };
  await saveAccess(scope);
  await saveStatus(scope, 'installed', ['needs-reauth'], now);
  const { settings } = await readShop(scope);
  await setHoldout(scope, { holdoutBps: settings.holdoutBps, freshSalt: randomBytes(16).toString('hex'), now });
  const run = changed ? await addRun(scope, { id: randomUUID(), kind: 'import', now }) : null;
  return { ref: { shopId, domain }, run };
}

/**
 * Keeps what the store says of itself, read beside other work: the first page that the merchant sees already speaks of the store
 * by its name and in its currency, and each day it is looked at again, as not every platform tells of a change.
 * @throws PlatformAccessLost
 */
export async function refreshProfile(
  { platforms, db, log }: Services,
  kind: PlatformKind,
  ref: ShopRef,
): Promise<void> {
  try {
    const profile = await platforms[kind]?.readShop(ref);
    if (profile) await db.inShop(ref.shopId, (scope) => saveProfile(scope, profile));
  } catch (error) {
    if (!(error instanceof PlatformUnavailable) && !(error instanceof PlatformRefusal)) throw error;
    // Whatever reads it next, the import or tomorrow's publication, tries again.
    log.warn({ shopId: ref.shopId, err: error }, 'the profile of a shop could not be read');
  }
}
