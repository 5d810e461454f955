import { z } from 'zod';
import { type EarnKind, points, ruleBase } from './earn-kind.ts';

/** `points` for every full `perMinor` of the shop's currency spent on goods, after discounts, without shipping. */
export const amountRule = z.object({
  kind: z.literal('amount'),
  ...ruleBase,
  points,
  perMinor: z.number().int().min(1).max(1_000_000_000),
});

/** Reckoned over all lines of the order together, in `points-of-order.ts`. */
export const amount: EarnKind<z.infer<typeof amountRule>> = {};
