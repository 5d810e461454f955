import type { PriceTests } from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { currentHoldout } from '../experiment-result.ts';
import type { DayReading, ReadingPoint, SplitTest, TestReading } from './model.ts';
import { priceTestsOf, publicationOf, type ShopExperiments } from './publication.ts';
import { exposureOf, readTest } from './rules.ts';
import { readTestSums } from './store-sums.ts';
import { withheldBy } from './withheld.ts';
import { readReadings, readTestsIn, saveReading } from './store.ts';

/** What a test shows until `now`, or until it ended; null before it starts. */
export async function readingOf(
  scope: ShopScope,
  test: SplitTest,
  { now, marginBps }: { now: Date; marginBps: number },
): Promise<TestReading | null> {
  if (test.startedAt === null) return null;
  const to = test.endedAt ?? now;
  const [exposure, from] = [exposureOf(test.id), test.startedAt];
  const sums = await readTestSums(scope, {
    ...{ exposure, from, to, marginBps },
    pastUntil: from,
    withheld: withheldBy(test),
  });
  return readTest(test, sums);
}

const pointsOf = (reading: TestReading): ReadingPoint[] =>
  reading.arms.flatMap(({ contrast }) => (contrast ? [{ ...contrast, visitors: reading.visitors }] : []));

/** Keeps a reading as that of the shop's current day. Doing it twice changes nothing. */
export async function keepReading(scope: ShopScope, testId: string, reading: TestReading, now: Date): Promise<void> {
  await saveReading(scope, testId, pointsOf(reading), now);
}

/** Each day's reading, oldest first; the current day of a running test as it is now. */
export async function readingHistory(scope: ShopScope, testId: string): Promise<DayReading[]> {
  return (await readReadings(scope, testId)).filter(({ points }) => points.length > 0);
}

/** Everything that decides who sees what in the shop: to be published, or kept for a minute and asked by `assignmentsOf`. */
export async function readShopExperiments(scope: ShopScope): Promise<ShopExperiments> {
  return publicationOf(await currentHoldout(scope), await readTestsIn(scope, ['running', 'applied']));
}

/** Which visitor gets which version of a bundle's discount now, for the discount's configuration. */
export async function readPriceTests(scope: ShopScope): Promise<PriceTests> {
  const running = (await readTestsIn(scope, ['running'])).filter(({ subject }) => subject.type === 'price');
  return priceTestsOf(running.length === 0 ? null : await currentHoldout(scope), running);
}
