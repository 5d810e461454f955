import { currentHoldout, experimentResult, type ExperimentResult } from '#app/domains/experiments/index.ts';
import {
  type BundleSales,
  type LookBackDays,
  readBundleSales,
  readSalesByDay,
  readSpan,
  readSuggestionTotals,
  type SalesDay,
  type SalesTotals,
  type Span,
  type SuggestionTotals,
  sumDays,
} from '#app/domains/insights/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

export interface HomeNumbers {
  readonly span: Span;
  readonly totals: SalesTotals;
  /** the same number of days right before, to compare with */
  readonly previous: SalesTotals;
  /** one entry for every day of the span, oldest first */
  readonly days: readonly SalesDay[];
  readonly bundles: readonly BundleSales[];
  readonly suggestions: SuggestionTotals;
  /** since the running holdout began, whatever the span */
  readonly experiment: ExperimentResult;
}

/** A large shop's sums may take this long (milliseconds). */
const sumsTimeoutMs = 120_000;
/** How long the measurement is kept: this many times what it took, so that it costs a hundredth of the time at most. */
const keepTimesCost = 100;
const longestKeptSeconds = 3600;

/** The numbers of the merchant's home page: the last `days` days in the shop's time zone until now. */
export async function homeNumbers(
  services: Pick<Services, 'db' | 'clock' | 'cache'>,
  shopId: ShopId,
  range: { days: LookBackDays },
): Promise<HomeNumbers> {
  const now = services.clock.now();
  const numbers = await services.db.inShop(shopId, async (scope) => {
    const span = await readSpan(scope, range.days, now);
    const twice = await readSpan(scope, range.days * 2, now);
    const all = await readSalesByDay(scope, twice);
    const days = all.slice(-range.days);
    return {
      span,
      totals: sumDays(days),
      previous: sumDays(all.slice(0, -range.days)),
      days,
      bundles: await readBundleSales(scope, span),
      suggestions: await readSuggestionTotals(scope, span),
    };
  });
  return { ...numbers, experiment: await holdoutNumbers(services, shopId, now) };
}

/**
 * What the running holdout shows. Small shops always see it as it is now; where adding up takes a second, it is a minute
 * or two old.
 */
async function holdoutNumbers(
  { db, clock, cache }: Pick<Services, 'db' | 'clock' | 'cache'>,
  shopId: ShopId,
  now: Date,
): Promise<ExperimentResult> {
  const period = await db.inShop(shopId, currentHoldout);
  if (!period || period.holdoutBps === 0) return { status: 'off' };
  const key = `holdout-numbers:${shopId}:${period.startedAt.toISOString()}`;
  const known = await cache.get(key);
  if (known !== null)
    return { ...(JSON.parse(known) as Exclude<ExperimentResult, { status: 'off' }>), since: period.startedAt };
  const begun = clock.now();
  const result = await db.inShop(
    shopId,
    async (scope) => experimentResult(scope, { now, marginBps: (await readShop(scope)).settings.defaultMarginBps }),
    { timeoutMs: sumsTimeoutMs },
  );
  const seconds = Math.floor(((clock.now().getTime() - begun.getTime()) * keepTimesCost) / 1000);
  // What took under a tenth of a second is not worth keeping.
  if (seconds >= 10) await cache.set(key, JSON.stringify(result), Math.min(seconds, longestKeptSeconds));
  return result;
}
