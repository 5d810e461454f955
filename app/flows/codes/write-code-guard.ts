import { createHash } from 'node:crypto';
import { readCodeGuard } from '#app/domains/codes/index.ts';
import { mergePlatformState, readShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformUnavailable } from '#app/platforms/platform.ts';
import type { ConnectedShop } from '../connected-shop.ts';
import { marginsOfShop } from '../rules-of-shop.ts';
import { withShopLock } from '../shop-lock.ts';
import { besideCodes } from './beside-codes.ts';

const beingWritten = '';
/** Long enough for another worker to write it. */
const busyMs = 5_000;

/**
 * Writes to the store what codes must leave of each product, where that differs from what was written last. One at a time:
 * what was read earlier must not be written later.
 */
export async function writeCodeGuard(
  services: Services,
  { ref, platform, capabilities }: Pick<ConnectedShop, 'ref' | 'platform' | 'capabilities'>,
): Promise<void> {
  const { db } = services;
  const done = await withShopLock(services, 'code-guard', ref.shopId, async () => {
    const { guard, written } = await db.inShop(ref.shopId, async (scope) => {
      const shop = await readShop(scope);
      const beside = await besideCodes(scope, shop, capabilities);
      return {
        guard: await readCodeGuard(scope, marginsOfShop(shop.settings), beside),
        written: shop.platformState.codeGuard,
      };
    });
    const codeGuard = createHash('sha256').update(guard).digest('base64url');
    if (written === codeGuard) return true;
    // A lost answer must never be taken for the guard of before.
    await db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { codeGuard: beingWritten }));
    await platform.publishCodeGuard(ref, guard);
    await db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { codeGuard }));
    return true;
  });
  if (done === null) throw new PlatformUnavailable('another worker writes the guard of codes', busyMs);
}

/** The same before the checkout gives more than before, where codes of ours are in the store and do not see what it gives. */
export async function writeGuardBeforeOffers(services: Services, connected: ConnectedShop): Promise<void> {
  const { shop, capabilities } = connected;
  if (capabilities.discountEngine === 'function' && shop.platformState.codeGuard !== undefined)
    await writeCodeGuard(services, connected);
}
