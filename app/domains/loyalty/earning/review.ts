import { z } from 'zod';
import { type EarnKind, points, ruleBase } from './earn-kind.ts';

/** For a review: told by a store that has reviews of its own, else by the merchant; each product once. */
export const reviewRule = z.object({
  kind: z.literal('review'),
  ...ruleBase,
  points,
  perYear: z.number().int().min(1).max(100).default(12),
});

export const review: EarnKind<z.infer<typeof reviewRule>> = {
  onActivity: (rule) => ({ points: rule.points, limit: rule.perYear }),
};
