import { findShopsWithUnreplacedGifts } from '#app/domains/codes/index.ts';
import { findShopsWithDue } from '#app/domains/referrals/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { enqueueReferrals } from './enqueue.ts';
import { rewardCodes } from './post-reward.ts';

const sweepReferrals: JobHandler<Record<string, never>> = async (_payload, { services }) => {
  // What is due is looked for across all shops; each job then works in its own.
  const shopIds = await services.db.asSystem(
    async (scope) =>
      new Set([
        ...(await findShopsWithDue(scope, services.clock.now())),
        ...(await findShopsWithUnreplacedGifts(scope, rewardCodes)),
      ]),
  );
  for (const shopId of shopIds) await enqueueReferrals(services, shopId);
};

export default sweepReferrals;
