import { readRates } from '#app/domains/loyalty/index.ts';
import { fitFlows, fitScores, noteLeftOut } from '#app/domains/segments/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { enqueueFilling } from './enqueue-segments.ts';
import { countLeftOut } from './segments/left-out.ts';

/** A million customers take under half a minute; the flows as long again. */
const timeoutMs = 20 * 60_000;

/** Scores, groups and where their customers came from become visible at once. */
const fitSegments: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services }) => {
  await services.db.inShop(
    shopId,
    async (scope) => {
      const shop = await findShop(scope);
      if (!shop) return;
      const now = services.clock.now();
      const rates = await readRates(scope, shop.currency);
      await fitScores(scope, shop.currency, now, rates);
      await fitFlows(scope, shop.currency, now);
      await noteLeftOut(scope, await countLeftOut(scope, shop.currency, rates, now));
    },
    { timeoutMs },
  );
  // Their conditions may ask for the groups, and time alone moves customers on.
  await enqueueFilling(services, shopId, true);
};

export default fitSegments;
