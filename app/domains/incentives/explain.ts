import { formatDecimal } from '#app/shared/money.ts';
import type { CartPricing, Reason, ReasonCode } from './outcome.ts';

export interface Explanation {
  readonly code: ReasonCode;
  /** bundle id, line id or code */
  readonly subject: string;
  /** one English sentence, amounts in the currency of the cart */
  readonly text: string;
}

const sentences: Readonly<Record<ReasonCode, (money: string) => string>> = {
  'bundle-applied': (money) => `The bundle is complete and takes ${money} off.`,
  'margin-reduced': (money) => `The discount was reduced by ${money} to keep the minimum margin.`,
  'margin-refused': () => 'The discount was left out, because the margin is at its minimum already.',
  'cost-assumed': () => 'A unit cost is unknown, so the default margin was assumed.',
  'gift-card-excluded': () => 'Gift cards are never discounted.',
  'selling-plan-excluded': () => 'Subscription lines take no part in bundles in this store.',
  'not-started': () => 'The bundle has not started yet.',
  expired: () => 'The bundle has ended.',
  incomplete: () => 'The cart holds only some of the bundle’s units.',
  'used-by-better-offer': () => 'Its units save more in another offer.',
  'line-limit': () => 'The cart has more lines than one discount can touch.',
  'search-bounded': () => 'The cart is so large that the best combination was searched within a limit.',
  'gift-not-in-cart': () => 'The gift is earned and can be put into the cart.',
  'subtotal-missing': (money) => `Goods for ${money} more earn it.`,
  'goal-applied': (money) => `The goal is reached and takes ${money} off.`,
  'goal-next': (money) => `The next goal is ${money} away.`,
  'class-not-combinable': () => 'The store does not combine it with a better offer in this cart.',
  'rate-unknown': () => 'The exchange rate of this cart could not be read.',
  'code-applied': (money) => `The code takes ${money} off.`,
  'code-not-combinable': () => 'The code does not combine with a better offer in this cart.',
  'code-competes': () =>
    'The code takes off what is in no bundle. All bundles beside it and none were compared, not each choice among them.',
  'code-below-margin': (money) => `The platform applied the code ${money} below the minimum margin.`,
  'reserve-kept': (money) => `Offers take ${money} less off, so that the minimum margin is left with the code as well.`,
};

/** Says why each offer did or did not apply, one entry for each reason of the pricing. */
export function explain(pricing: CartPricing): Explanation[] {
  return pricing.reasons.map((reason: Reason) => ({
    code: reason.code,
    subject: reason.subject,
    text: sentences[reason.code](`${formatDecimal(reason.minor ?? 0, pricing.currency)} ${pricing.currency}`),
  }));
}
