import { randomBytes, randomUUID } from 'node:crypto';
import { setHoldout } from '#app/domains/experiments/index.ts';
import { readShop, saveInstallation, saveStatus } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { exchangeSessionToken } from '#app/platforms/shopify/auth/grant.ts';
import type { SessionToken } from '#app/platforms/shopify/auth/session-token.ts';
import { saveGrant } from '#app/platforms/shopify/auth/store.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { ok, type Result } from '#app/shared/result.ts';
import { startRun } from './start-run.ts';

/**
 * A merchant's visit to a shop that has no working access: the first one, one after a reinstall, or one after
 * the refresh token died. Brings the token and starts the import where the shop is new (again).
 * `stale-token`: Shopify wants a newer session token.
 */
export async function installShop(
  services: Services,
  session: SessionToken,
): Promise<Result<ShopId, 'stale-token' | 'refused'>> {
  const { config, db, clock, secrets } = services;
  const grant = await exchangeSessionToken(config, session.shopDomain, session.raw, clock.now());
  if (!grant.ok) return grant;
  const id = toShopId(randomUUID());
  // No shop is known before this: the row itself is made here.
  const saved = await db.asSystem((scope) =>
    saveInstallation(scope, { id, platform: 'shopify', domain: session.shopDomain, now: clock.now() }),
  );
  const { shopId } = saved;
  await db.inShop(shopId, async (scope) => {
    const now = clock.now();
    await saveGrant(scope, secrets, { shopId, domain: session.shopDomain }, grant.value, now);
    await saveStatus(scope, 'installed', ['needs-reauth'], now);
    const { settings } = await readShop(scope);
    await setHoldout(scope, { holdoutBps: settings.holdoutBps, freshSalt: randomBytes(16).toString('hex'), now });
  });
  if (saved.changed) await startRun(services, shopId, 'import');
  return ok(shopId);
}
