import { z } from 'zod';
import { type EarnKind, points, ruleBase } from './earn-kind.ts';

/** For the `count`th order, or for every `count`th. Orders that were given back in full are not counted. */
export const orderCountRule = z.object({
  kind: z.literal('order-count'),
  ...ruleBase,
  points,
  count: z.number().int().min(2).max(1000),
  repeats: z.boolean().default(false),
});

export const orderCount: EarnKind<z.infer<typeof orderCountRule>> = {
  onOrder(rule, { ordersBefore }) {
    const number = ordersBefore + 1;
    return (rule.repeats ? number % rule.count === 0 : number === rule.count) ? rule.points : 0;
  },
};
