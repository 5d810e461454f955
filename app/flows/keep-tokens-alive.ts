import type { JobHandler } from '#app/infra/jobs.ts';
import { PlatformAccessLost } from '#app/platforms/platform.ts';
import { createShopAccess } from '#app/platforms/shopify/auth/access-tokens.ts';
import { findIdleGrants } from '#app/platforms/shopify/auth/store.ts';

/** A refresh token dies after 90 idle days; a month is left for whatever goes wrong. */
const idleDays = 50;

/** Renews the tokens of shops that nothing has asked for in a long time. */
const keepTokensAlive: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  const access = createShopAccess(services);
  const before = new Date(services.clock.now().getTime() - idleDays * 24 * 3_600_000);
  const shops = await services.db.asSystem((scope) => findIdleGrants(scope, before));
  const failures: unknown[] = [];
  for (const shop of shops) {
    signal.throwIfAborted();
    try {
      await access.renew(shop);
    } catch (error) {
      // The shop is marked as needing the merchant; the next visit mends it.
      if (error instanceof PlatformAccessLost) services.log.warn({ shopId: shop.shopId }, 'access to a shop is lost');
      else failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(
      failures,
      `${String(failures.length)} of ${String(shops.length)} tokens could not be renewed`,
    );
};

export default keepTokensAlive;
