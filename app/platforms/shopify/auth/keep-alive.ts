import type { Services } from '#app/infra/services.ts';
import { PlatformAccessLost } from '#app/platforms/platform.ts';
import type { ShopAccess } from './access-tokens.ts';
import { findIdleGrants } from './store.ts';

/** A refresh token dies after 90 idle days; a month is left for whatever goes wrong. */
const idleDays = 50;

/** Renews the tokens of shops that nothing has asked for in a long time. @throws AggregateError of those that failed */
export async function keepAlive(
  { db, clock, log }: Pick<Services, 'db' | 'clock' | 'log'>,
  access: ShopAccess,
  signal: AbortSignal,
): Promise<void> {
  const before = new Date(clock.now().getTime() - idleDays * 24 * 3_600_000);
  // Whose tokens are idle can only be seen by looking at all tenants.
  const shops = await db.asSystem((scope) => findIdleGrants(scope, before));
  const failures: unknown[] = [];
  for (const shop of shops) {
    signal.throwIfAborted();
    try {
      await access.renew(shop);
    } catch (error) {
      // The shop is marked as needing the merchant; the next visit mends it.
      if (error instanceof PlatformAccessLost) log.warn({ shopId: shop.shopId }, 'access to a shop is lost');
      else failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(
      failures,
      `${String(failures.length)} of ${String(shops.length)} tokens could not be renewed`,
    );
}
