import { customerHoldoutResult, type ExperimentResult } from '#app/domains/experiments/index.ts';
import { readHoldout } from '#app/domains/loyalty/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { keptMeasurement } from '../kept-measurement.ts';

/** A large shop's sums may take this long (milliseconds). */
const sumsTimeoutMs = 120_000;

/** What the programme changed: profit of customers who take part beside those who see no programme. */
export async function loyaltyProfit(
  services: Pick<Services, 'db' | 'clock' | 'cache'>,
  shopId: ShopId,
): Promise<ExperimentResult> {
  const now = services.clock.now();
  const holdout = await services.db.inShop(shopId, readHoldout);
  if (holdout === null || holdout.holdoutBps === 0) return { status: 'off' };
  const key = `loyalty-profit:${shopId}:${holdout.since.toISOString()}`;
  return keptMeasurement(services, { key, since: holdout.since }, () =>
    services.db.inShop(
      shopId,
      async (scope) => {
        const { settings } = await readShop(scope);
        return customerHoldoutResult(scope, holdout, { now, marginBps: settings.defaultMarginBps });
      },
      { timeoutMs: sumsTimeoutMs },
    ),
  );
}
