import { performRun } from '#app/domains/activity/index.ts';
import {
  countBuyers,
  findProgramme,
  nothingEarned,
  readWorth,
  simulateCustomers,
  type Simulation,
  worthOfPoint,
} from '#app/domains/loyalty/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { settingsTried, type SimulationReport } from './simulation-report.ts';

const yearMs = 365 * 86_400_000;
const customersAtOnce = 300;

/** Runs the programme as it is saved, or as the merchant tries it, over the orders of the last year; the run keeps the result. */
const simulateLoyalty: JobHandler<{ shopId: ShopId; runId: string }> = async (
  ids,
  { services, lastAttempt, signal },
) => {
  await performRun(services, ids, { lastAttempt, signal }, async (run, progress) => {
    const { db, clock } = services;
    const until = clock.now();
    const since = new Date(until.getTime() - yearMs);
    const known = await db.inShop(ids.shopId, async (scope) => {
      const programme = await findProgramme(scope);
      const shop = await readShop(scope);
      const settings = programme && (settingsTried(run) ?? programme.settings);
      return (
        settings && {
          settings,
          shop,
          buyers: await countBuyers(scope, since),
          worth: await readWorth(scope, settings, until),
        }
      );
    });
    if (!known) return {};
    const { settings, shop, buyers, worth } = known;
    const simulated = { settings, since, until, timeZone: shop.timeZone };
    let sum: Simulation = nothingEarned;
    for (let after: string | null = ''; after !== null;) {
      signal.throwIfAborted();
      const page = { sum, after, limit: customersAtOnce };
      const read: Awaited<ReturnType<typeof simulateCustomers>> = await db.inShop(ids.shopId, (scope) =>
        simulateCustomers(scope, simulated, page),
      );
      [sum, after] = [read.sum, read.next];
      await progress.report('simulating', sum.customers, Math.max(buyers, sum.customers));
    }
    const report: SimulationReport = {
      ...sum,
      worthOfPoint: worthOfPoint(settings, worth),
      shippingMinor: worth.shippingMinor,
      marginBps: shop.settings.defaultMarginBps,
      taxInPricesBps: shop.settings.taxInPricesBps,
      currency: shop.currency,
      since: since.toISOString(),
    };
    return { simulation: report };
  });
};

export default simulateLoyalty;
