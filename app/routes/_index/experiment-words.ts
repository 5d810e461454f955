import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { formatBps, formatCount, formatMoney, formatPlural, formatShare } from '../../ui/format.ts';

export interface ExperimentWords {
  readonly headline: string;
  readonly text: string;
}

/** What the comparison of visitors with and without Trellis says, without statistics' own words. */
export function experimentWords(result: ExperimentResult): ExperimentWords {
  switch (result.status) {
    case 'off':
      return {
        headline: 'The measurement is off',
        text: 'To see what Trellis really earns, let a small share of visitors see nothing of it. You set the share in Settings.',
      };
    case 'not-enough-data': {
      const share = `${formatBps(result.holdoutBps)} of visitors see nothing of Trellis.`;
      return {
        headline: 'Too early to tell',
        text:
          result.visitorsNeeded === null
            ? `${share} ${result.treatment.visitors + result.holdout.visitors === 0 ? 'Nobody has been counted yet: visitors are, once they have agreed to it.' : 'Nobody who was counted has bought yet.'}`
            : `${share} About ${formatPlural(result.visitorsNeeded, 'more visitor')} needed before the two groups can be compared.`,
      };
    }
    case 'sample-ratio-mismatch':
      return {
        headline: 'The groups do not match',
        text: `${formatCount(result.treatment.visitors)} visitors with and ${formatCount(result.holdout.visitors)} without Trellis do not fit the share of ${formatBps(result.holdoutBps)}. Something in the store keeps one group from being counted, so no difference is shown.`,
      };
    case 'gain':
    case 'loss':
    case 'no-difference-seen': {
      const money = (minor: number): string => formatMoney(Math.abs(minor), result.currency);
      const { low, high } = result.incrementalInterval;
      const signed = (minor: number): string => formatMoney(minor, result.currency, { sign: true, whole: true });
      const span = `between ${signed(low)} and ${signed(high)}`;
      if (result.status === 'no-difference-seen') {
        return {
          headline: 'No clear difference yet',
          text: `In all, Trellis changed your profit by ${span}. That still includes zero, so it may be chance. More visitors make it clearer.`,
        };
      }
      const more = result.status === 'gain' ? 'more' : 'less';
      return {
        headline: `${signed(result.incrementalMinor)} because of Trellis`,
        text: `Visitors with Trellis brought ${money(result.difference)} ${more} profit each than visitors without it. In all that is most likely ${span}: in 19 of 20 such measurements the true value lies in there, however often you look.`,
      };
    }
  }
}

/** What the two numbers of the groups are, and what they rest on. `since` as it is written. */
export function measureWords(result: Exclude<ExperimentResult, { status: 'off' }>, since: string): string {
  return [
    `Profit per visitor since ${since}, after discounts, free shipping, returns and costs. Only visitors who agreed to be counted.`,
    ...(result.assumedShare > 0
      ? [`For ${formatShare(result.assumedShare)} of the revenue no cost is known; your usual margin is assumed there.`]
      : []),
  ].join(' ');
}
