import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { basisWords, type HeldOut, holdoutWords } from '../../ui/holdout-words.ts';

const referrals: HeldOut = {
  name: 'referrals',
  off: {
    headline: 'Not measured',
    text: 'To see what referrals really earn, let a small share of customers be asked nothing. You set the share in the programme; counting begins once it is on.',
  },
  without: 'customers are not asked to recommend you',
};

/** What the comparison of customers who are asked to recommend the store with those who are not says. */
export const earnedWords = (result: ExperimentResult) => holdoutWords(result, referrals);

/** What the numbers rest on, and what they cannot tell. `since` as it is written. */
export const earnedBasis = (result: Exclude<ExperimentResult, { status: 'off' }>, since: string): string =>
  basisWords(
    result,
    `Profit per customer since ${since}, after discounts, rewards, free shipping, returns and costs; every customer counts, buyer or not. What friends buy counts for the customer who brought them, less what they got off; who had a link before is in neither group. A friend who would have come by word of mouth alone counts as brought, so read it as the most that referrals earn.`,
  );
