import { findShopsWithLiveOffers, findShopsWithOfferWork } from '#app/domains/personal-offers/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { enqueueOffers } from './enqueue.ts';

/** Puts shops in line in which somebody waits; with `all` those in which somebody may have met a trigger unnoticed. */
const sweepOffers: JobHandler<{ all: boolean }> = async ({ all }, { services }) => {
  // Time passes in every shop, and a job may be lost in any.
  const shopIds = await services.db.asSystem(all ? findShopsWithLiveOffers : findShopsWithOfferWork);
  for (const shopId of shopIds) await enqueueOffers(services, shopId);
};

export default sweepOffers;
