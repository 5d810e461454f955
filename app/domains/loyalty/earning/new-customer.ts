import { z } from 'zod';
import { daysBetween, type EarnKind, points, ruleBase } from './earn-kind.ts';

/** For every order within so many times 24 hours after the customer's account was made. */
export const newCustomerRule = z.object({
  kind: z.literal('new-customer'),
  ...ruleBase,
  points,
  days: z.number().int().min(1).max(365),
});

export const newCustomer: EarnKind<z.infer<typeof newCustomerRule>> = {
  onOrder(rule, { customerSince, placedAt }) {
    if (customerSince === null) return 0;
    // A store may make the account a moment after the order.
    return daysBetween(customerSince, placedAt) <= rule.days ? rule.points : 0;
  },
};
