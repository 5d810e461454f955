import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import type { Gift, StoppedSize } from '#app/domains/personal-offers/index.ts';
import { formatBps, formatCount, formatMoney, formatPlural, formatShare } from '../../ui/format.ts';
import { sizeWords, stoppedWords } from '../../ui/personal-offers/words.ts';
import type { ShownOffer } from './result-card.tsx';

/** What the comparison of customers with and without the offer says. */
export function resultWords(result: ExperimentResult): { readonly headline: string; readonly text: string } {
  switch (result.status) {
    case 'off':
      return { headline: 'Nothing to compare', text: 'It was never switched on.' };
    case 'not-enough-data': {
      const share = `${formatBps(result.holdoutBps)} of customers get nothing.`;
      return {
        headline: 'Too early to tell',
        text:
          result.visitorsNeeded === null
            ? `${share} Nobody has bought yet in one of the groups.`
            : `${share} About ${formatPlural(result.visitorsNeeded, 'more customer')} needed before the two groups can be compared.`,
      };
    }
    case 'sample-ratio-mismatch':
      return {
        headline: 'The groups do not match',
        text: `Their sizes do not fit the share of ${formatBps(result.holdoutBps)}, so no difference is shown.`,
      };
    default: {
      const signed = (minor: number): string => formatMoney(minor, result.currency, { sign: true, whole: true });
      const span = `between ${signed(result.incrementalInterval.low)} and ${signed(result.incrementalInterval.high)}`;
      if (result.status === 'no-difference-seen')
        return {
          headline: 'No clear difference yet',
          text: `In all, the offer changed your profit by ${span}. That still includes zero, so it may be chance.`,
        };
      return {
        headline: `${signed(result.incrementalMinor)} because of the offer`,
        text: `In all that is most likely ${span}, after the discount was paid; it may be looked at as often as you like.`,
      };
    }
  }
}

/** What the numbers rest on. `since` as it is written. */
export const basisWords = (
  result: Exclude<ExperimentResult, { status: 'off' }>,
  since: string,
  gift: Gift['type'],
): string =>
  [
    `Profit per customer who met the trigger since ${since}, after discounts, free shipping, returns and costs, whether they ${gift === 'early-access' ? 'bought the products' : 'used the code'} or not.`,
    ...(result.assumedShare > 0
      ? [`For ${formatShare(result.assumedShare)} of the revenue no cost is known; your usual margin is assumed there.`]
      : []),
  ].join(' ');

/** Where the search for the smallest size stands, in a sentence. */
export function chosenWords({ sizes, stopped, gift, endReason }: ShownOffer, currency: string): string {
  if (!sizes) return '';
  const name = (size: number): string => sizeWords(gift.type, size, currency);
  const money = (minor: number): string => formatMoney(minor, currency, { sign: true });
  if (endReason === 'no-gain') return 'No size is worth it: customers bring as much without it.';
  if (sizes.chosen) {
    const { size, low, high } = sizes.chosen;
    return `${name(size)} is the smallest size that works: it adds ${money(low)} to ${money(high)} for each customer.`;
  }
  const left = sizes.profit.filter(([size]) => size > 0 && !stopped.some((one) => one.size === size));
  const [only] = left;
  if (left.length === 1 && only) return `${name(only[0])} is left; whether it beats giving nothing is not sure yet.`;
  return `${left.map(([size]) => name(size)).join(', ')} are still compared, on ${formatCount(sizes.customers)} customers so far.`;
}

/** What became of a size. */
export function sizeVerdict(size: number, stopped: readonly StoppedSize[], chosen: number | null): string {
  if (size === 0) return 'kept for the comparison';
  const stop = stopped.find((one) => one.size === size);
  if (stop) return `stopped: ${stoppedWords[stop.reason]}`;
  return size === chosen ? 'the smallest that works' : 'compared';
}
