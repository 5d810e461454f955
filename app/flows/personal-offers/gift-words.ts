import type { CodeTerms } from '#app/domains/codes/index.ts';

/** What an offer gives, for a mail in any language. Minor units of the shop's currency. */
export interface GiftWords {
  readonly kind: CodeTerms['type'] | 'early-access';
  /** basis points of a percentage, minor units of an amount, else 0 */
  readonly size: number;
  /** a percentage takes no more off; left out = no bound */
  readonly mostMinor?: number;
  readonly currency: string;
  readonly minSubtotalMinor: number | null;
}

export function giftWords(terms: CodeTerms, currency: string): GiftWords {
  const size = terms.type === 'percentage' ? terms.basisPoints : terms.type === 'amount' ? terms.minor : 0;
  const most = terms.type === 'percentage' && terms.mostMinor !== undefined ? { mostMinor: terms.mostMinor } : {};
  return { kind: terms.type, size, ...most, currency, minSubtotalMinor: terms.minSubtotalMinor };
}

/** The right to buy before others. */
export const earlyWords = (currency: string): GiftWords => ({
  kind: 'early-access',
  size: 0,
  currency,
  minSubtotalMinor: null,
});
