import { giveBirthdayPoints, moveAllTiers } from '#app/domains/loyalty/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';

const membersAtOnce = 1000;

/** Birthdays of the last days, and tiers of all members page by page; whatever was done before is not done again. */
const runDay: JobHandler<{ shopId: ShopId; tiers: boolean }> = async ({ shopId, tiers }, { services, signal }) => {
  const { db, clock, secrets } = services;
  await db.inShop(shopId, (scope) => giveBirthdayPoints(secrets, scope, clock.now()));
  for (let after: string | null = tiers ? '' : null; after !== null;) {
    signal.throwIfAborted();
    const page = { after, limit: membersAtOnce };
    after = await db.inShop(shopId, (scope) => moveAllTiers(scope, page, clock.now()));
  }
};

export default runDay;
