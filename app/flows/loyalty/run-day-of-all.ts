import { readLiveShops } from '#app/domains/loyalty/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { loyaltyDay } from './jobs.ts';

/** Tiers are looked through once a night (UTC hour). */
const tiersAt = 2;

/** Has every shop with a live programme do what the time of day brings. All shops, because the schedule is one for all. */
const runDayOfAll: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  const shops = await services.db.asSystem(readLiveShops);
  const tiers = services.clock.now().getUTCHours() === tiersAt;
  for (const shopId of shops) {
    signal.throwIfAborted();
    await services.queue.enqueue(loyaltyDay, { shopId, tiers }, { deduplicationKey: `loyalty-day-${shopId}` });
  }
};

export default runDayOfAll;
