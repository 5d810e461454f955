import { findShopsWithLiveOffers } from '#app/domains/personal-offers/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { judgeOffers } from './jobs.ts';

/** Has every shop with a live offer look at its sizes. All shops, because the schedule is one for all. */
const judgeAllOffers: JobHandler<Record<string, never>> = async (_payload, { services }) => {
  const shopIds = await services.db.asSystem(findShopsWithLiveOffers);
  for (const shopId of shopIds)
    await services.queue.enqueue(judgeOffers, { shopId }, { deduplicationKey: `offers-judge-${shopId}` });
};

export default judgeAllOffers;
