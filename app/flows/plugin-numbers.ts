import { listCurrentRuns, type Run } from '#app/domains/activity/index.ts';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { readShop, type Shop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { formatDecimal, minorUnitDigits } from '#app/shared/money.ts';
import { homeNumbers } from './home-numbers.ts';

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
/** The admin's words are English, and so are these and the way in which numbers are written. */
const locale = 'en-US';

/** What the plugin's page in the store's admin shows: the home page's numbers of the last 30 days, and what is wrong. */
export async function pluginNumbers(services: Pick<Services, 'db' | 'clock'>, shopId: ShopId): Promise<PluginNumbers> {
  const { shop, runs } = await services.db.inShop(shopId, async (scope) => ({
    shop: await readShop(scope),
    runs: await listCurrentRuns(scope),
  }));
  const { totals, experiment, span, suggestions } = await homeNumbers(services, shopId, { days });
  const money = (minor: number, sign = false): string => moneyText(minor, span.currency, sign);
  const count = (value: number): string => new Intl.NumberFormat(locale).format(value);
  const problems = problemsOf(shop, runs);
  const running = runs.find(({ status, kind }) => status === 'running' && kind !== 'reconcile') ?? null;
  return {
    status: statusOf(problems.length > 0, runs),
    progress: running && running.total > 0 ? Math.min(1, running.done / running.total) : null,
    currency: span.currency,
    numbers: [
      { key: 'revenue', label: 'Revenue', value: money(totals.revenueMinor), note: lastDays },
      { key: 'orders', label: 'Orders', value: count(totals.orders), note: lastDays },
      {
        key: 'attributed-revenue',
        label: 'Sold through Trellis',
        value: money(totals.trellisRevenueMinor),
        note: `${count(totals.trellisOrders)} ${totals.trellisOrders === 1 ? 'order' : 'orders'} in the ${lastDays.toLowerCase()}`,
      },
      { key: 'suggestions', label: 'Suggestions bought', value: count(suggestions.bought), note: lastDays },
      { key: 'incremental-revenue', label: 'Because of Trellis', ...difference(experiment, money) },
    ],
    problems,
  };
}

const lastDays = `Last ${String(days)} days`;

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
  money: (minor: number, sign: boolean) => string,
): { readonly value: string; readonly note: string } {
  switch (result.status) {
    case 'off':
      return { value: '–', note: 'The measurement is off.' };
    case 'not-enough-data':
      return { value: '–', note: 'Too early to tell.' };
    case 'sample-ratio-mismatch':
      return { value: '–', note: 'The groups with and without Trellis do not match.' };
    default: {
      const { low, high } = result.incrementalInterval;
      const span = `most likely between ${money(low, true)} and ${money(high, true)}`;
      return { value: money(result.incrementalMinor, true), note: `Revenue beside visitors without it, ${span}.` };
    }
  }
}

function moneyText(minor: number, currency: string, sign: boolean): string {
  const digits = minorUnitDigits(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(sign ? { signDisplay: 'exceptZero' as const } : {}),
  }).format(formatDecimal(Math.round(minor), currency) as `${number}`);
}
