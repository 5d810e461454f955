import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { formatBps, formatCount, formatMoney, formatShare } from '../../ui/format.ts';

/** What the comparison of customers who are asked to recommend the store with those who are not says. */
export function earnedWords(result: ExperimentResult): { readonly headline: string; readonly text: string } {
  switch (result.status) {
    case 'off':
      return {
        headline: 'Not measured',
        text: 'To see what referrals really earn, let a small share of customers be asked nothing. You set the share in the programme; counting begins once it is on.',
      };
    case 'not-enough-data':
      return {
        headline: 'Too early to tell',
        text: `${formatBps(result.holdoutBps)} of customers are not asked to recommend you. The two groups are compared once ${formatCount(result.leastBuyers)} customers of each have bought.`,
      };
    case 'sample-ratio-mismatch':
      return {
        headline: 'The groups do not match',
        text: `The sizes of the two groups do not fit the share of ${formatBps(result.holdoutBps)}, so no difference is shown.`,
      };
    default: {
      const signed = (minor: number): string => formatMoney(minor, result.currency, { sign: true, whole: true });
      const span = `between ${signed(result.incrementalInterval.low)} and ${signed(result.incrementalInterval.high)}`;
      if (result.status === 'no-difference-seen')
        return {
          headline: 'No clear difference yet',
          text: `In all, referrals changed your profit by ${span}. That still includes zero, so it may be chance.`,
        };
      return {
        headline: `${signed(result.incrementalMinor)} because of referrals`,
        text: `In all that is most likely ${span}: in 19 of 20 such measurements the true value lies in there, however often you look.`,
      };
    }
  }
}

/** What the numbers rest on, and what they cannot tell. `since` as it is written. */
export const restsOn = (result: Exclude<ExperimentResult, { status: 'off' }>, since: string): string =>
  [
    `Profit per customer since ${since}, after discounts, rewards, free shipping, returns and costs; every customer counts, buyer or not. What friends buy counts for the customer who brought them, less what they got off; who had a link before is in neither group.`,
    'A friend who would have come by word of mouth alone counts as brought, so read it as the most that referrals earn.',
    ...(result.assumedShare > 0
      ? [`For ${formatShare(result.assumedShare)} of the revenue no cost is known; your usual margin is assumed there.`]
      : []),
  ].join(' ');
