import { z } from 'zod';
import { isUuid, type ShopId } from '#app/shared/ids.ts';

/**
 * The training job without its handler: a run is watched through another capability, so the flow that joins the
 * two completes it (`defineJob({ ...trainingJob, load })`). Running it again is harmless.
 */
export const trainingJob = {
  id: 'recommendations.train',
  queue: 'training',
  schema: z.object({
    shopId: z.custom<ShopId>((value) => typeof value === 'string' && isUuid(value), 'must be a shop id'),
    runId: z.uuid(),
  }),
  attempts: 4,
  backoffMs: 10_000,
} as const;
