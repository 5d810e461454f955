import { randomUUID } from 'node:crypto';
import { addRun, type Run } from '#app/domains/activity/index.ts';
import {
  automaticStop,
  keepReading,
  readingOf,
  readShopsWithTests,
  readTestsIn,
  type SplitTest,
  type StopReason,
  stopSplitTest,
  type TestReading,
} from '#app/domains/experiments/index.ts';
import { getAnyBundle } from '#app/domains/bundles/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { announceRun } from './start-run.ts';

/** A large test's sums may take this long (milliseconds). */
const sumsTimeoutMs = 120_000;

/**
 * Every hour, for every shop in which an experiment runs. Each test is judged in a transaction of its own: the
 * reading, the end of the test and the note that the store has to be told stand or fall together, so that a second
 * run, or one that was killed, changes nothing and loses nothing.
 */
const judgeExperiments: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  // Sees all shops, because it goes through those that have a running test.
  const shopIds = await services.db.asSystem(readShopsWithTests);
  const failures: unknown[] = [];
  for (const shopId of shopIds) {
    const tests = await services.db.inShop(shopId, (scope) => readTestsIn(scope, ['running']));
    for (const test of tests) {
      signal.throwIfAborted();
      try {
        await judgeOne(services, shopId, test.id);
      } catch (error) {
        services.log.warn({ shopId, testId: test.id, err: error }, 'an experiment could not be judged');
        failures.push(error);
      }
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${String(failures.length)} experiments could not be judged`);
};

async function judgeOne(services: Services, shopId: ShopId, testId: string): Promise<void> {
  const now = services.clock.now();
  const run = await services.db.inShop(
    shopId,
    async (scope): Promise<Run | null> => {
      const shop = await findShop(scope);
      const test = (await readTestsIn(scope, ['running'])).find((one) => one.id === testId);
      if (!shop || !test) return null;
      const reading = await readingOf(scope, test, { now, marginBps: shop.settings.defaultMarginBps });
      if (!reading) return null;
      await keepReading(scope, testId, reading, now);
      const reason = await reasonToStop(scope, test, reading, now);
      if (!reason) return null;
      const stopped = await stopSplitTest(scope, testId, { reason, now });
      return stopped.ok ? addRun(scope, { id: randomUUID(), kind: 'publish-bundles', now }) : null;
    },
    { timeoutMs: sumsTimeoutMs },
  );
  if (run) await announceRun(services, shopId, run);
}

async function reasonToStop(
  scope: ShopScope,
  test: SplitTest,
  reading: TestReading,
  now: Date,
): Promise<StopReason | null> {
  const { type, id } = test.subject;
  // A deletion that was undone within the hour has stopped nothing.
  if ((type === 'bundle' || type === 'price') && !(await getAnyBundle(scope, id, now)).ok) return 'bundle-deleted';
  const end = automaticStop(test, reading);
  return end.stop ? end.reason : null;
}

export default judgeExperiments;
