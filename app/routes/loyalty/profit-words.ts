import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { basisWords, type HeldOut, holdoutWords } from '../../ui/holdout-words.ts';

const programme: HeldOut = {
  name: 'the programme',
  off: {
    headline: 'Nobody is held out',
    text: 'To see what the programme really earns, let a small share of customers see none of it. You set the share in its rules.',
  },
  without: 'customers see no programme',
};

/** What the comparison of customers with and without the programme says. */
export const profitWords = (result: ExperimentResult) => holdoutWords(result, programme);

/** What the numbers rest on. `since` as it is written. */
export const profitBasis = (result: Exclude<ExperimentResult, { status: 'off' }>, since: string): string =>
  basisWords(
    result,
    `Profit per customer since ${since}, after discounts, rewards, free shipping, returns and costs; every customer of your store counts, buyer or not.`,
  );
