import type { Clock } from '#app/infra/clock.ts';
import type { Database } from '#app/infra/database.ts';
import type { Secrets } from '#app/infra/secrets.ts';
import { PlatformAccessLost } from '#app/platforms/platform.ts';
import type { AccessBook, StoreAccess } from '../client/rest-client.ts';
import { adaptAccess, loseAccess, readAccess } from './store.ts';

/** Another process may have connected the store anew meanwhile. */
const rememberMs = 20_000;

/** The access of shops from the sealed storage, remembered for some seconds. */
export function createAccessBook({
  db,
  secrets,
  clock,
}: {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly clock: Clock;
}): AccessBook {
  const memory = new Map<string, { access: StoreAccess; until: number }>();
  return {
    async read(shop) {
      const now = clock.now().getTime();
      const known = memory.get(shop.shopId);
      if (known && known.until > now) return known.access;
      const access = await db.inShop(shop.shopId, (scope) => readAccess(scope, secrets));
      if (!access) throw new PlatformAccessLost('This store is not connected.');
      memory.set(shop.shopId, { access, until: now + rememberMs });
      return access;
    },
    async adapt(shop, change) {
      memory.delete(shop.shopId);
      await db.inShop(shop.shopId, (scope) => adaptAccess(scope, change));
    },
    async lose(shop, refused) {
      memory.delete(shop.shopId);
      return db.inShop(shop.shopId, (scope) => loseAccess(scope, secrets, refused));
    },
  };
}
