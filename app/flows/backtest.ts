import { performRun } from '#app/domains/activity/index.ts';
import { runBacktest } from '#app/domains/recommendations/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';

/** Tests the recommendations on the shop's past orders; the result is kept with the run. */
const backtestShop: JobHandler<{ shopId: ShopId; runId: string }> = async (ids, { services, lastAttempt, signal }) => {
  if (!(await findConnectedShop(services, ids.shopId))) return;
  await performRun(services, ids, { lastAttempt, signal }, async (_run, progress) => {
    await progress.report('reading', 0, 100);
    const backtest = await runBacktest(
      services,
      ids.shopId,
      (percent) => progress.report('testing', percent, 100),
      signal,
    );
    return { backtest };
  });
};

export default backtestShop;
