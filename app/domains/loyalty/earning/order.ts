import { z } from 'zod';
import { type EarnKind, points, ruleBase } from './earn-kind.ts';

/** The same for every order. */
export const orderRule = z.object({ kind: z.literal('order'), ...ruleBase, points });

export const order: EarnKind<z.infer<typeof orderRule>> = { onOrder: (rule) => rule.points };
