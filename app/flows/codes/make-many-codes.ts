import { performRun } from '#app/domains/activity/index.ts';
import { countToMake, retryRefused } from '#app/domains/codes/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { PlatformRefusal, PlatformUnavailable } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from '../connected-shop.ts';
import { bringStoreInLine } from './bring-store-in-line.ts';

/** Long enough for another worker to finish its batch. */
const busyMs = 10_000;

/** Makes all codes that wait, and those that were refused before; fails where the store refuses some again. */
const makeManyCodes: JobHandler<{ shopId: ShopId; runId: string }> = async (ids, { services, signal, lastAttempt }) => {
  const { shopId } = ids;
  await performRun(services, ids, { signal, lastAttempt }, async (run, progress) => {
    const connected = await findConnectedShop(services, shopId);
    if (connected?.shop.status !== 'installed') return {};
    const total = await services.db.inShop(shopId, async (scope) => {
      await retryRefused(scope, services.clock.now());
      return countToMake(scope);
    });
    const before = typeof run.cursor['made'] === 'number' ? run.cursor['made'] : 0;
    await progress.report('making-codes', before, before + total);
    const published = await bringStoreInLine(services, connected, {
      signal,
      async report(made) {
        await progress.save({ made: before + made }, before + made, before + total);
      },
    });
    if (published === null) throw new PlatformUnavailable('another worker is making codes', busyMs);
    const { made, refused, refusal } = published;
    if (refused > 0) throw new PlatformRefusal('CODES_REFUSED', `${refused} codes could not be made. ${refusal ?? ''}`);
    return { made: before + made };
  });
};

export default makeManyCodes;
