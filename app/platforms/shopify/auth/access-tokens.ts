import type { Clock } from '#app/infra/clock.ts';
import type { Config } from '#app/infra/config.ts';
import type { Database } from '#app/infra/database.ts';
import type { Secrets } from '#app/infra/secrets.ts';
import { PlatformAccessLost, type ShopRef } from '#app/platforms/platform.ts';
import type { AccessTokens } from '../graphql/client.ts';
import { renewToken, type TokenGrant } from './grant.ts';
import { lockGrant, markAccessLost, readGrant, saveGrant } from './store.ts';

interface Dependencies {
  readonly config: Pick<Config, 'SHOPIFY_ORIGIN' | 'SHOPIFY_API_KEY' | 'SHOPIFY_API_SECRET'>;
  readonly db: Database;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

export interface ShopAccess extends AccessTokens {
  /** Renews the pair now, whatever its age, and returns the new access token. */
  renew(shop: ShopRef): Promise<string>;
}

/** Renewed this long before it ends, so that no call in flight outlives its token. */
const renewBeforeMs = 5 * 60_000;
/** Another process may have renewed or dropped the token meanwhile. */
const rememberMs = 20_000;

/**
 * Access tokens from the sealed storage, renewed under a lock per shop: two workers that find the same old
 * token wait for each other, the second reads the row again inside the lock and uses what the first saved.
 */
export function createShopAccess(dependencies: Dependencies): ShopAccess {
  const { config, db, secrets, clock } = dependencies;
  const memory = new Map<string, { token: string; until: number }>();

  const isFresh = (grant: TokenGrant) => grant.expires.getTime() - clock.now().getTime() > renewBeforeMs;

  function remember(shop: ShopRef, grant: TokenGrant): string {
    const now = clock.now().getTime();
    memory.set(shop.shopId, {
      token: grant.accessToken,
      until: Math.min(now + rememberMs, grant.expires.getTime() - renewBeforeMs),
    });
    return grant.accessToken;
  }

  async function lose(shop: ShopRef, reason: string): Promise<never> {
    memory.delete(shop.shopId);
    await db.inShop(shop.shopId, (scope) => markAccessLost(scope));
    throw new PlatformAccessLost(reason);
  }

  /** `isStale` looks at the row inside the lock: renew it, or has somebody done so? */
  async function renewLocked(shop: ShopRef, isStale: (grant: TokenGrant) => boolean): Promise<string> {
    const outcome = await db.inShop(
      shop.shopId,
      async (scope): Promise<TokenGrant | string> => {
        await lockGrant(scope);
        const grant = await readGrant(scope, secrets, shop);
        if (!grant) return 'there is no access token for this store';
        if (!isStale(grant)) return grant;
        if (grant.refreshToken === null) return 'the access token ended and nothing renews it';
        const renewed = await renewToken(config, shop.domain, grant.refreshToken, clock.now());
        if (!renewed.ok) return `Shopify refused to renew the access token (${renewed.message})`;
        await saveGrant(scope, secrets, shop, renewed.value, clock.now());
        return renewed.value;
      },
      { timeoutMs: 60_000 },
    );
    return typeof outcome === 'string' ? lose(shop, outcome) : remember(shop, outcome);
  }

  return {
    async read(shop) {
      const known = memory.get(shop.shopId);
      if (known && known.until > clock.now().getTime()) return known.token;
      const grant = await db.inShop(shop.shopId, (scope) => readGrant(scope, secrets, shop));
      if (!grant) return lose(shop, 'there is no access token for this store');
      return isFresh(grant) ? remember(shop, grant) : renewLocked(shop, (row) => !isFresh(row));
    },
    async reject(shop, token) {
      memory.delete(shop.shopId);
      await renewLocked(shop, (row) => row.accessToken === token);
    },
    renew: (shop) => renewLocked(shop, () => true),
  };
}
