import { largerCodes, noOwnCodes, type OwnCodes } from '#app/domains/incentives/index.ts';
import type { CodeTerms } from './model.ts';

type Gift = Extract<CodeTerms, { type: 'free-product' }>;

/**
 * What any of these codes takes off goods at most, whatever is in the cart: who does not know which of them was entered
 * leaves that much.
 * @param priceOf what the dearest variant costs that a free product may be, minor units of the shop's currency
 */
export function largestOff(terms: readonly CodeTerms[], priceOf: (gift: Gift) => number): OwnCodes {
  return terms.reduce((largest, one) => largerCodes(largest, offOf(one, priceOf)), noOwnCodes);
}

function offOf(terms: CodeTerms, priceOf: (gift: Gift) => number): OwnCodes {
  switch (terms.type) {
    case 'amount':
      return { ...noOwnCodes, minor: terms.minor };
    case 'percentage': {
      const { basisPoints, mostMinor } = terms;
      return mostMinor === undefined
        ? { ...noOwnCodes, basisPoints }
        : { ...noOwnCodes, bounded: { basisPoints, minor: mostMinor } };
    }
    case 'free-product':
      return { ...noOwnCodes, minor: priceOf(terms) };
    case 'free-shipping':
      return noOwnCodes;
  }
}
