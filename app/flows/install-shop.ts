import type { Run } from '#app/domains/activity/index.ts';
import { findShopByDomain, lockInstallation } from '#app/domains/shops/index.ts';
import type { Database, SystemScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { exchangeSessionToken } from '#app/platforms/shopify/auth/grant.ts';
import type { SessionToken } from '#app/platforms/shopify/auth/session-token.ts';
import { saveGrant } from '#app/platforms/shopify/auth/store.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { ok, type Result } from '#app/shared/result.ts';
import { refreshProfile, settleShop } from './settle-shop.ts';
import { announceRun } from './start-run.ts';

type Installed = Result<ShopId, 'stale-token' | 'refused'>;

const installing = new WeakMap<Database, Map<string, Promise<Installed>>>();

/**
 * A merchant's visit to a shop that has no working access: the first one, one after a reinstall, or one after
 * the refresh token died. Brings the token and starts the import where the shop is new (again). The requests of
 * one page come together: they share one installation.
 * `stale-token`: Shopify wants a newer session token.
 * @throws PlatformUnavailable
 */
export function installShop(services: Services, session: SessionToken): Promise<Installed> {
  const { db } = services;
  const running = installing.get(db) ?? new Map<string, Promise<Installed>>();
  installing.set(db, running);
  const { shopDomain } = session;
  const known = running.get(shopDomain);
  if (known) return known;
  const installation = installAlone(services, session).finally(() => running.delete(shopDomain));
  running.set(shopDomain, installation);
  return installation;
}

/**
 * Everything in one transaction: a process that dies in the middle leaves nothing that looks installed without a
 * token or an import. The lock keeps two processes from saving each other's older token.
 */
async function installAlone(services: Services, session: SessionToken): Promise<Installed> {
  const { config, db, clock, secrets } = services;
  const { shopDomain: domain } = session;
  // No shop is known before this: the row itself is made here.
  const work = async (system: SystemScope): Promise<{ installed: Installed; run: Run | null }> => {
    await lockInstallation(system, domain);
    const known = await findShopByDomain(system, 'shopify', domain);
    if (known?.status === 'installed') return { installed: ok(known.id), run: null };
    const grant = await exchangeSessionToken(config, domain, session.raw, clock.now());
    if (!grant.ok) return { installed: grant, run: null };
    const now = clock.now();
    const { ref, run } = await settleShop(system, { platform: 'shopify', domain, now }, (scope) =>
      saveGrant(scope, secrets, { shopId: scope.shopId, domain }, grant.value, now),
    );
    return { installed: ok(ref.shopId), run };
  };
  const { installed, run } = await db.asSystem(work, { timeoutMs: 60_000 });
  if (installed.ok && run) {
    await refreshProfile(services, 'shopify', { shopId: installed.value, domain });
    await announceRun(services, installed.value, run);
  }
  return installed;
}
