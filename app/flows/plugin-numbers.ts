import { listCurrentRuns, type Run } from '#app/domains/activity/index.ts';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { readShop, type Shop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { formatDecimal, minorUnitDigits } from '#app/shared/money.ts';
import type { PageLanguage } from './bundle-page-words.ts';
import { homeNumbers } from './home-numbers.ts';
import { numberWords, type NumberWords } from './plugin-numbers-words.ts';

export interface PluginNumbers {
  readonly status: 'ready' | 'importing' | 'learning' | 'needs-attention';
  /** of what is under way, 0 to 1; null where nothing is, or nobody knows */
  readonly progress: number | null;
  readonly currency: string;
  readonly numbers: readonly {
    readonly key: string;
    readonly label: string;
    readonly value: string;
    readonly note: string | null;
  }[];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

const days = 30;

/**
 * What the plugin's page in the store's admin shows: the home page's numbers of the last 30 days in the language of
 * whoever looks, and what is wrong in the English of our own pages.
 */
export async function pluginNumbers(
  services: Pick<Services, 'db' | 'clock' | 'cache'>,
  shopId: ShopId,
  language: PageLanguage,
): Promise<PluginNumbers> {
  const words = numberWords[language];
  const { shop, runs } = await services.db.inShop(shopId, async (scope) => ({
    shop: await readShop(scope),
    runs: await listCurrentRuns(scope),
  }));
  const { totals, experiment, span, suggestions } = await homeNumbers(services, shopId, { days });
  const money = (minor: number, sign = false): string => moneyText(minor, span.currency, words.locale, sign);
  const count = (value: number): string => new Intl.NumberFormat(words.locale).format(value);
  const lastDays = words.lastDays(days);
  const problems = problemsOf(shop, runs);
  const running = runs.find(({ status, kind }) => status === 'running' && kind !== 'reconcile') ?? null;
  return {
    status: statusOf(problems.length > 0, runs),
    progress: running && running.total > 0 ? Math.min(1, running.done / running.total) : null,
    currency: span.currency,
    numbers: [
      { key: 'revenue', label: words.revenue, value: money(totals.revenueMinor), note: lastDays },
      { key: 'orders', label: words.orders, value: count(totals.orders), note: lastDays },
      {
        key: 'attributed-revenue',
        label: words.attributed,
        value: money(totals.trellisRevenueMinor),
        note: words.ordersInDays(count(totals.trellisOrders), totals.trellisOrders === 1, days),
      },
      { key: 'suggestions', label: words.suggestions, value: count(suggestions.bought), note: lastDays },
      { key: 'incremental-revenue', label: words.incremental, ...difference(experiment, words, money) },
    ],
    problems,
  };
}

function statusOf(wrong: boolean, runs: readonly Run[]): PluginNumbers['status'] {
  if (wrong) return 'needs-attention';
  const under = (kind: Run['kind']): boolean =>
    runs.some((run) => run.kind === kind && (run.status === 'running' || run.status === 'queued'));
  if (under('import')) return 'importing';
  return under('recommend') ? 'learning' : 'ready';
}

function problemsOf(shop: Shop, runs: readonly Run[]): PluginNumbers['problems'] {
  const lost = {
    code: 'access-lost',
    message: 'Trellis has lost its access to your store. Open Trellis and connect the store again.',
  };
  // Only the newest run of a kind counts: an older failure was mended by a later success.
  const failed = runs.filter(
    (run, at) => run.status === 'failed' && runs.findIndex(({ kind }) => kind === run.kind) === at,
  );
  return [
    ...(shop.status === 'needs-reauth' ? [lost] : []),
    ...failed.slice(0, 5).map((run) => ({
      code: `${run.kind}-failed`,
      message: run.error ?? 'A task failed. Open Trellis, Activity, to see what to do.',
    })),
  ];
}

function difference(
  result: ExperimentResult,
  words: NumberWords,
  money: (minor: number, sign: boolean) => string,
): { readonly value: string; readonly note: string } {
  switch (result.status) {
    case 'off':
    case 'not-enough-data':
    case 'sample-ratio-mismatch':
      return { value: '–', note: words.unknown[result.status] };
    default: {
      const { low, high } = result.incrementalInterval;
      return {
        value: money(result.incrementalMinor, true),
        note: words.interval(money(low, true), money(high, true)),
      };
    }
  }
}

function moneyText(minor: number, currency: string, locale: string, sign: boolean): string {
  const digits = minorUnitDigits(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(sign ? { signDisplay: 'exceptZero' as const } : {}),
  }).format(formatDecimal(Math.round(minor), currency) as `${number}`);
}
