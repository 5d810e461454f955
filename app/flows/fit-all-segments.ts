import { listShopIds } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { enqueueSegments } from './enqueue-segments.ts';

/** Has the buyers of every installed shop divided anew. */
const fitAllSegments: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  const shopIds = await services.db.asSystem((scope) => listShopIds(scope, ['installed']));
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    await enqueueSegments(services, shopId);
  }
};

export default fitAllSegments;
