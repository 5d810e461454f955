import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { formatBps, formatCount, formatMoney, formatPlural } from '../../ui/format.ts';
import { basisWords, type HeldOut, type HoldoutWords, holdoutWords } from '../../ui/holdout-words.ts';

const trellis: HeldOut = {
  name: 'Trellis',
  off: {
    headline: 'The measurement is off',
    text: 'To see what Trellis really earns, let a small share of visitors see nothing of it. You set the share in Settings.',
  },
  without: 'visitors see nothing of Trellis',
  missing({ visitorsNeeded, treatment, holdout }) {
    if (visitorsNeeded !== null)
      return `About ${formatPlural(visitorsNeeded, 'more visitor')} needed before the two groups can be compared.`;
    return treatment.visitors + holdout.visitors === 0
      ? 'Nobody has been counted yet: visitors are, once they have agreed to it.'
      : 'Nobody who was counted has bought yet.';
  },
};

/** What the comparison of visitors with and without Trellis says, without statistics' own words. */
export function experimentWords(result: ExperimentResult): HoldoutWords {
  const { headline, text } = holdoutWords(result, trellis);
  switch (result.status) {
    case 'off':
    case 'not-enough-data':
      return { headline, text };
    case 'sample-ratio-mismatch':
      return {
        headline,
        text: `${formatCount(result.treatment.visitors)} visitors with and ${formatCount(result.holdout.visitors)} without Trellis do not fit the share of ${formatBps(result.holdoutBps)}. Something in the store keeps one group from being counted, so no difference is shown.`,
      };
    case 'no-difference-seen':
      return { headline, text: `${text} More visitors make it clearer.` };
    case 'gain':
    case 'loss': {
      const each = formatMoney(Math.abs(result.difference), result.currency);
      return {
        headline,
        text: `Visitors with Trellis brought ${each} ${result.status === 'gain' ? 'more' : 'less'} profit each than visitors without it. ${text}`,
      };
    }
  }
}

/** What the two numbers of the groups are, and what they rest on. `since` as it is written. */
export const measureWords = (result: Exclude<ExperimentResult, { status: 'off' }>, since: string): string =>
  basisWords(
    result,
    `Profit per visitor since ${since}, after discounts, free shipping, returns and costs. What Trellis took off the orders of those without it counts as not given. Only visitors who agreed to be counted.`,
  );
