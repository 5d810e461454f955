import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { formatBps, formatCount, formatMoney, formatShare } from '../../ui/format.ts';

/** What the comparison of customers with and without the programme says. */
export function profitWords(result: ExperimentResult): { readonly headline: string; readonly text: string } {
  switch (result.status) {
    case 'off':
      return {
        headline: 'Nobody is held out',
        text: 'To see what the programme really earns, let a small share of customers see none of it. You set the share in its rules.',
      };
    case 'not-enough-data': {
      const share = `${formatBps(result.holdoutBps)} of customers see no programme.`;
      return {
        headline: 'Too early to tell',
        // Every customer counts from the start: what is waited for are not more of them but their orders.
        text: `${share} The two groups are compared once ${formatCount(result.leastBuyers)} customers of each have bought.`,
      };
    }
    case 'sample-ratio-mismatch':
      return {
        headline: 'The groups do not match',
        text: `The sizes of the two groups do not fit the share of ${formatBps(result.holdoutBps)}, so no difference is shown.`,
      };
    default: {
      const signed = (minor: number): string => formatMoney(minor, result.currency, { sign: true, whole: true });
      const { low, high } = result.incrementalInterval;
      const span = `between ${signed(low)} and ${signed(high)}`;
      if (result.status === 'no-difference-seen')
        return {
          headline: 'No clear difference yet',
          text: `In all, the programme changed your profit by ${span}. That still includes zero, so it may be chance.`,
        };
      return {
        headline: `${signed(result.incrementalMinor)} because of the programme`,
        text: `In all that is most likely ${span}: in 19 of 20 such measurements the true value lies in there, however often you look.`,
      };
    }
  }
}

/** What the numbers rest on. `since` as it is written. */
export const basisWords = (result: Exclude<ExperimentResult, { status: 'off' }>, since: string): string =>
  [
    `Profit per customer since ${since}, after discounts, rewards, free shipping, returns and costs; every customer of your store counts, buyer or not.`,
    ...(result.assumedShare > 0
      ? [`For ${formatShare(result.assumedShare)} of the revenue no cost is known; your usual margin is assumed there.`]
      : []),
  ].join(' ');
