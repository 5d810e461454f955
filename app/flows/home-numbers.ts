import { experimentResult, type ExperimentResult } from '#app/domains/experiments/index.ts';
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

/** The numbers of the merchant's home page: the last `days` days in the shop's time zone until now. */
export async function homeNumbers(
  services: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  range: { days: LookBackDays },
): Promise<HomeNumbers> {
  const now = services.clock.now();
  return services.db.inShop(shopId, async (scope) => {
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
      experiment: await experimentResult(scope, now),
    };
  });
}
