import { z } from 'zod';
import { type EarnKind, points, ruleBase } from './earn-kind.ts';

/** For the first kept order with a plan that repeats. */
export const firstSubscriptionRule = z.object({ kind: z.literal('first-subscription'), ...ruleBase, points });

export const firstSubscription: EarnKind<z.infer<typeof firstSubscriptionRule>> = {
  onOrder: (rule, { lines, subscriptionsBefore }) =>
    subscriptionsBefore === 0 && lines.some(({ subscription, keptMinor }) => subscription && keptMinor > 0)
      ? rule.points
      : 0,
};
