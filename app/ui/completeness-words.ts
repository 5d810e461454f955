import type { ArrivalSums, CompletenessProblem } from '#app/domains/completeness/index.ts';
import type { ExportResource } from '#app/platforms/platform.ts';
import { formatBps, formatCount, formatPlural } from './format.ts';
import { durationWords } from './runs/run-words.ts';

const counted: Readonly<Record<ExportResource, readonly [one: string, many: string]>> = {
  orders: ['order', 'orders'],
  products: ['product', 'products'],
  customers: ['customer', 'customers'],
};

/** "99.98% of 12,345 orders within 5 minutes, the slowest after 7 min 12 s, 3 refilled". A share is never rounded up to all. */
export function arrivalWords(resource: ExportResource, sums: ArrivalSums): string {
  const [one, many] = counted[resource];
  const { arrived, inTime, refilled, slowestSeconds } = sums;
  if (arrived === 0) return `No ${many} changed`;
  const share = inTime === arrived ? 'All' : `${formatBps(Math.floor((inTime / arrived) * 10_000))}`;
  const slowest = slowestSeconds < 1 ? [] : [`the slowest after ${durationWords(slowestSeconds * 1000)}`];
  return [
    `${share} of ${formatPlural(arrived, one, many)} within 5 minutes`,
    ...slowest,
    ...(refilled > 0 ? [`${formatCount(refilled)} refilled`] : []),
  ].join(', ');
}

const problems: Readonly<Record<CompletenessProblem, { readonly title: string; readonly text: string }>> = {
  late: {
    title: 'Orders reach Trellis late',
    text: 'In the last 24 hours more than 1 in 100 orders took over 5 minutes. None is lost: Trellis asks the store for what was not told.',
  },
  webhooks: {
    title: 'The store had stopped telling Trellis what happens',
    text: 'Its webhooks were switched off or removed in the last 24 hours. Trellis has switched them on again and fetched what was missed. If it happens again, ask your host whether something blocks outgoing requests.',
  },
  unchecked: {
    title: 'Trellis cannot check the store',
    text: 'It has not been able to ask the store for changes for a while, so that orders may be missing. Look under Failures for the reason.',
  },
};

/** What is wrong, and what to do about it. */
export const problemWords = (problem: CompletenessProblem): { readonly title: string; readonly text: string } =>
  problems[problem];
