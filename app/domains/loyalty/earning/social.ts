import { z } from 'zod';
import { type EarnKind, points, ruleBase } from './earn-kind.ts';

/** Once, for following or sharing; nobody can check it, so it should give little. */
export const socialRule = z.object({
  kind: z.literal('social'),
  ...ruleBase,
  points,
  title: z.string().trim().min(1).max(60),
  url: z.url({ protocol: /^https$/ }).max(300),
});

export const social: EarnKind<z.infer<typeof socialRule>> = {
  onActivity: (rule) => ({ points: rule.points, limit: 'once' }),
};
