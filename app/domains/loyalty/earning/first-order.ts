import { z } from 'zod';
import { type EarnKind, points, ruleBase } from './earn-kind.ts';

/** For the first order that the customer keeps. */
export const firstOrderRule = z.object({ kind: z.literal('first-order'), ...ruleBase, points });

export const firstOrder: EarnKind<z.infer<typeof firstOrderRule>> = {
  onOrder: (rule, { ordersBefore }) => (ordersBefore === 0 ? rule.points : 0),
};
