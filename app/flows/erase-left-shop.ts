import { deleteLeftTenant } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { daysKeptAfterLeave } from '#app/shared/retention.ts';

/** Until when a merchant must have taken leave for the data to be erased at `now`. */
export const leftBefore = (now: Date): Date => new Date(now.getTime() - daysKeptAfterLeave * 24 * 3_600_000);

/**
 * Erases a shop whose merchant took leave long ago. Not every platform asks for that, and where one does, its word may
 * be lost.
 */
const eraseLeftShop: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services }) => {
  const before = leftBefore(services.clock.now());
  const erased = await services.db.inShop(shopId, (scope) => deleteLeftTenant(scope, before), {
    timeoutMs: 10 * 60_000,
  });
  if (erased) services.log.info({ shopId }, 'a shop that was left long ago was erased');
};

export default eraseLeftShop;
