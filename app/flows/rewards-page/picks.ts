import {
  type CartServing,
  finishPersonal,
  type ProductCard,
  readPersonalCandidates,
} from '#app/domains/recommendations/index.ts';
import { isHiddenFrom, readShopExperiments } from '#app/domains/experiments/index.ts';
import { readVisitorsOfCustomers } from '#app/domains/signals/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { readHeldKeys, readKept, withoutKept } from '../access/kept-from.ts';
import { createVisitorReader } from '../cart-affinity.ts';

const mostPicks = 8;

/** Products for a customer out of their own list, best first. */
export interface PicksReader {
  of(shopId: ShopId, customerId: string): Promise<readonly ProductCard[]>;
}

/**
 * Reads what a signed-in customer is shown of their own list: without what they have and do not need yet, what the
 * checkout would refuse them, and without anything where one of their browsers is held out of Trellis.
 */
export function createPicksReader(
  services: Pick<Services, 'db' | 'cache' | 'clock' | 'log'>,
  serving: CartServing,
): PicksReader {
  const visitors = createVisitorReader(services, serving);

  async function read(shopId: ShopId, customerId: string): Promise<readonly ProductCard[]> {
    const merchandising = await serving.merchandising(shopId);
    const found = await services.db.inShop(shopId, async (scope) => {
      const experiments = await readShopExperiments(scope);
      const browsers = await readVisitorsOfCustomers(scope, [customerId]);
      if ([null, ...browsers].some((visitorId) => isHiddenFrom(experiments, visitorId, 'picks'))) return null;
      const candidates = await readPersonalCandidates(scope, customerId, merchandising);
      if (candidates === null) return null;
      const kept = await readKept(scope, (await readShop(scope)).timeZone, services.clock.now());
      return withoutKept(candidates, kept, kept.size > 0 ? await readHeldKeys(scope, customerId) : []);
    });
    if (found === null) return [];
    const { owned } = await visitors.read(shopId, { visitorId: null, customerId }, Promise.resolve(found), 'for-you');
    return finishPersonal(found, owned, mostPicks);
  }

  return {
    of: (shopId, customerId) =>
      read(shopId, customerId).catch((error: unknown) => {
        // What the page is asked for is done by now, and must be shown.
        services.log.warn({ shopId, err: error }, 'products were not picked for a customer');
        return [];
      }),
  };
}
