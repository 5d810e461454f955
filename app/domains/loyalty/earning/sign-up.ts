import { z } from 'zod';
import { type EarnKind, points, ruleBase } from './earn-kind.ts';

/** Once, for taking part. */
export const signUpRule = z.object({ kind: z.literal('sign-up'), ...ruleBase, points });

export const signUp: EarnKind<z.infer<typeof signUpRule>> = {
  onActivity: (rule) => ({ points: rule.points, limit: 'once' }),
};
