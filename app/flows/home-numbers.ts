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
import { keptMeasurement } from './kept-measurement.ts';

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

/** What the running holdout shows. */
async function holdoutNumbers(
  services: Pick<Services, 'db' | 'clock' | 'cache'>,
  shopId: ShopId,
  now: Date,
): Promise<ExperimentResult> {
  const period = await services.db.inShop(shopId, currentHoldout);
  if (!period || period.holdoutBps === 0) return { status: 'off' };
  const since = period.startedAt;
  return keptMeasurement(services, { key: `holdout-numbers:${shopId}:${since.toISOString()}`, since }, () =>
    services.db.inShop(
      shopId,
      async (scope) => experimentResult(scope, { now, marginBps: (await readShop(scope)).settings.defaultMarginBps }),
      { timeoutMs: sumsTimeoutMs },
    ),
  );
}
