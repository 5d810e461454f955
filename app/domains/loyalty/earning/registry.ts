import { z } from 'zod';
import { amount, amountRule } from './amount.ts';
import { birthday, birthdayRule } from './birthday.ts';
import type { EarnKind } from './earn-kind.ts';
import { firstOrder, firstOrderRule } from './first-order.ts';
import { firstSubscription, firstSubscriptionRule } from './first-subscription.ts';
import { happyHours, happyHoursRule } from './happy-hours.ts';
import { newCustomer, newCustomerRule } from './new-customer.ts';
import { order, orderRule } from './order.ts';
import { orderCount, orderCountRule } from './order-count.ts';
import { productMultiplier, productMultiplierRule } from './product-multiplier.ts';
import { recentOrder, recentOrderRule } from './recent-order.ts';
import { review, reviewRule } from './review.ts';
import { signUp, signUpRule } from './sign-up.ts';
import { social, socialRule } from './social.ts';

/** A new way to earn is a file beside this one, and a line in each of the two lists. */
export const earnRule = z.discriminatedUnion('kind', [
  amountRule,
  orderRule,
  firstOrderRule,
  recentOrderRule,
  orderCountRule,
  newCustomerRule,
  firstSubscriptionRule,
  productMultiplierRule,
  happyHoursRule,
  signUpRule,
  birthdayRule,
  reviewRule,
  socialRule,
]);

export type EarnRule = z.infer<typeof earnRule>;
export type EarnRuleKind = EarnRule['kind'];

const kinds = {
  amount,
  order,
  'first-order': firstOrder,
  'recent-order': recentOrder,
  'order-count': orderCount,
  'new-customer': newCustomer,
  'first-subscription': firstSubscription,
  'product-multiplier': productMultiplier,
  'happy-hours': happyHours,
  'sign-up': signUp,
  birthday,
  review,
  social,
} as const;

/** How rules of this kind earn. */
export function earnKindOf(kind: EarnRuleKind): EarnKind<EarnRule> {
  return kinds[kind];
}
