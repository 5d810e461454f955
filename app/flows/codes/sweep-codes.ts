import { expireCodes, findShopsWithCodeWork, findShopsWithGifts } from '#app/domains/codes/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { publishCodes } from './enqueue.ts';

/** Notes codes whose time is over, and puts stores that lag behind back in line. */
const sweepCodes: JobHandler<Record<string, never>> = async (_payload, { services }) => {
  // Time passes in every shop, and a job may be lost in any.
  const shopIds = await services.db.asSystem(async (scope) => {
    await expireCodes(scope, services.clock.now());
    return new Set([...(await findShopsWithCodeWork(scope)), ...(await findShopsWithGifts(scope))]);
  });
  for (const shopId of shopIds) await publishCodes(services, shopId);
};

export default sweepCodes;
