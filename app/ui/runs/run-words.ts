import type { RunKind, RunStatus } from '#app/domains/activity/index.ts';
import { formatCount, formatPlural } from '../format.ts';

const kinds: Readonly<Record<RunKind, string>> = {
  import: 'Import of products, customers and orders',
  recommend: 'Computing recommendations',
  publish: 'Publishing to the store',
  'publish-bundles': 'Publishing bundles',
  reconcile: 'Check against the store',
  'data-request': 'A customer’s own data',
  'mine-bundles': 'Looking for bundle ideas',
  backtest: 'Test on past orders',
  'loyalty-simulation': 'Loyalty on past orders',
  codes: 'Making discount codes',
  upkeep: 'Background work',
};

/** A run's kind in the merchant's words. */
export function kindWords(kind: RunKind): string {
  return kinds[kind];
}

interface StatusLook {
  readonly text: string;
  readonly tone: 'success' | 'critical' | 'info' | 'attention' | 'new';
}

/** How a run's or a webhook's status is shown. */
export const statusLooks: Readonly<Record<RunStatus | 'pending' | 'done' | 'ignored', StatusLook>> = {
  queued: { text: 'Waiting', tone: 'attention' },
  running: { text: 'Running', tone: 'info' },
  succeeded: { text: 'Done', tone: 'success' },
  failed: { text: 'Failed', tone: 'critical' },
  cancelled: { text: 'Cancelled', tone: 'new' },
  pending: { text: 'Waiting', tone: 'attention' },
  done: { text: 'Done', tone: 'success' },
  ignored: { text: 'Not needed', tone: 'new' },
};

/** A message key of a run's step ("orders-read") as words ("Orders read"). */
export function stageWords(stage: string): string {
  const text = stage.replaceAll(/[-_.]+/g, ' ').trim();
  return text === '' ? '' : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Progress in whole percent, or null while the size of the work is unknown. */
export function percentOf(run: { readonly done: number; readonly total: number }): number | null {
  return run.total > 0 ? Math.min(100, Math.floor((run.done * 100) / run.total)) : null;
}

/** "2 min 5 s"; seconds alone under a minute. */
export function durationWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return 'less than a second';
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${String(minutes)} min ${String(seconds % 60)} s`
    : `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

/** What a run counts, one and many. */
const counted: Readonly<Record<string, readonly [one: string, many: string]>> = {
  orders: ['order', 'orders'],
  products: ['product', 'products'],
  customers: ['customer', 'customers'],
  lists: ['list of suggestions', 'lists of suggestions'],
  suggestions: ['suggestion', 'suggestions'],
  signals: ['view or click', 'views and clicks'],
  ideas: ['idea', 'ideas'],
  made: ['made', 'made'],
  refused: ['refused by the store', 'refused by the store'],
  baskets: ['basket', 'baskets'],
};

/** The plain numbers of a finished run ("1,200 orders, 300 products"); anything else in it is not for reading. */
export function resultWords(result: Readonly<Record<string, unknown>>): string {
  return Object.entries(result)
    .flatMap(([name, value]) =>
      typeof value === 'number' && Number.isInteger(value) && name !== 'version' ? [countWords(name, value)] : [],
    )
    .slice(0, 4)
    .join(', ');
}

/** What the store refused of a run that went on with the rest, product by product; '' where it took everything. */
export function refusalWords(result: Readonly<Record<string, unknown>>): string {
  const { refused, refusals } = result;
  if (typeof refused !== 'number' || refused < 1 || !Array.isArray(refusals)) return '';
  const named = refusals.filter((one) => typeof one === 'string');
  const more = refused > named.length ? ` And ${formatCount(refused - named.length)} more.` : '';
  return `The store refused to change ${formatPlural(refused, 'product', 'products')}; the pages of the others are up to date. ${named.join(' · ')}${more}`;
}

function countWords(name: string, count: number): string {
  const known = counted[name];
  if (known) return formatPlural(count, ...known);
  return `${formatCount(count)} ${stageWords(name.replaceAll(/([A-Z])/g, ' $1')).toLowerCase()}`;
}
