import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { formatBps, formatCount, formatMoney, formatShare } from './format.ts';

export interface HoldoutWords {
  readonly headline: string;
  readonly text: string;
}

type Early = Extract<ExperimentResult, { readonly status: 'not-enough-data' }>;

/** Something that is compared with its absence, in the words of its page. */
export interface HeldOut {
  /** within a sentence: `the programme` */
  readonly name: string;
  /** while nothing is compared */
  readonly off: HoldoutWords;
  /** whose share it is, and what they go without: `customers see no programme` */
  readonly without: string;
  /** what is still waited for; left out = for buyers on both sides */
  readonly missing?: (early: Early) => string;
}

// Customers count from the start: what is waited for are not more of them but their orders.
const missingBuyers = ({ leastBuyers }: Early): string =>
  `The two groups are compared once ${formatCount(leastBuyers)} customers of each have bought.`;

/** What a comparison with those who were held out says, without statistics' own words. */
export function holdoutWords(result: ExperimentResult, held: HeldOut): HoldoutWords {
  switch (result.status) {
    case 'off':
      return held.off;
    case 'not-enough-data':
      return {
        headline: 'Too early to tell',
        text: `${formatBps(result.holdoutBps)} of ${held.without}. ${(held.missing ?? missingBuyers)(result)}`,
      };
    case 'sample-ratio-mismatch':
      return {
        headline: 'The groups do not match',
        text: `The sizes of the two groups do not fit the share of ${formatBps(result.holdoutBps)}, so no difference is shown.`,
      };
    case 'gain':
    case 'loss':
    case 'no-difference-seen': {
      const signed = (minor: number): string => formatMoney(minor, result.currency, { sign: true, whole: true });
      const { low, high } = result.incrementalInterval;
      const span = `between ${signed(low)} and ${signed(high)}`;
      if (result.status === 'no-difference-seen')
        return {
          headline: 'No clear difference yet',
          text: `In all, ${held.name} changed your profit by ${span}. That still includes zero, so it may be chance.`,
        };
      return {
        headline: `${signed(result.incrementalMinor)} because of ${held.name}`,
        text: `In all that is most likely ${span}: in 19 of 20 such measurements the true value lies in there, however often you look.`,
      };
    }
  }
}

/** What the numbers rest on, with how much of it is assumed. */
export const basisWords = (
  { assumedShare }: Exclude<ExperimentResult, { readonly status: 'off' }>,
  basis: string,
): string =>
  assumedShare > 0
    ? `${basis} For ${formatShare(assumedShare)} of the revenue no cost is known; your usual margin is assumed there.`
    : basis;
