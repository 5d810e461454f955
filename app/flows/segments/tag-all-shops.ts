import { findShopsWithTags } from '#app/domains/segments/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { enqueueTags } from '../enqueue-segments.ts';

/** Customers came into and left segments, or a job was lost: every store that has tags of ours is looked at. */
const tagAllShops: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  // Time passes in every shop.
  for (const shopId of await services.db.asSystem(findShopsWithTags)) {
    signal.throwIfAborted();
    await enqueueTags(services, shopId, false);
  }
};

export default tagAllShops;
