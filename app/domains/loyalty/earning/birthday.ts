import { z } from 'zod';
import { type EarnKind, points, ruleBase } from './earn-kind.ts';

/** Once a year, on the birthday in the shop's zone. */
export const birthdayRule = z.object({ kind: z.literal('birthday'), ...ruleBase, points });

export const birthday: EarnKind<z.infer<typeof birthdayRule>> = {
  onActivity: (rule) => ({ points: rule.points, limit: 'year' }),
};
