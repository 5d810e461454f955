import { z } from 'zod';
import { daysBetween, type EarnKind, points, ruleBase } from './earn-kind.ts';

/** For an order that follows another one within `days` times 24 hours. */
export const recentOrderRule = z.object({
  kind: z.literal('recent-order'),
  ...ruleBase,
  points,
  days: z.number().int().min(1).max(730),
});

export const recentOrder: EarnKind<z.infer<typeof recentOrderRule>> = {
  onOrder: (rule, { lastOrderAt, placedAt }) =>
    lastOrderAt !== null && daysBetween(lastOrderAt, placedAt) <= rule.days ? rule.points : 0,
};
