import { z } from 'zod';
import { conditionKinds } from './conditions/registry.ts';
import type { ConditionValues } from './conditions/condition-kind.ts';

/** What a customer must meet, with the values of its kind. */
export interface Condition {
  readonly kind: string;
  readonly values: ConditionValues;
}

/** Conditions and further groups: a customer must meet all of them, any of them, or none. */
export interface RuleGroup {
  readonly kind: 'group';
  readonly match: 'all' | 'any' | 'none';
  readonly of: readonly Rule[];
}

export type Rule = Condition | RuleGroup;

/** Groups within groups, the outermost included. */
export const deepest = 3;
/** Conditions of a segment, all groups together. */
export const mostConditions = 20;

export const isGroupRule = (rule: Rule): rule is RuleGroup => rule.kind === 'group';

const conditions = conditionKinds.map(({ kind, schema }) => z.object({ kind: z.literal(kind), values: schema }));

function groupOf(depth: number): z.ZodType<RuleGroup> {
  const inner = depth > 1 ? [groupOf(depth - 1) as unknown as (typeof conditions)[number]] : [];
  return z.object({
    kind: z.literal('group'),
    match: z.enum(['all', 'any', 'none']),
    of: z
      .array(z.discriminatedUnion('kind', [...conditions, ...inner] as [(typeof conditions)[number]]))
      .min(1)
      .max(mostConditions),
  });
}

/** The conditions of a rule, in the order of reading. */
export const conditionsOf = (rule: Rule): Condition[] => (isGroupRule(rule) ? rule.of.flatMap(conditionsOf) : [rule]);

/** The merchant's conditions as data. */
export const segmentRule = groupOf(deepest).refine((rule) => conditionsOf(rule).length <= mostConditions, {
  error: `A segment takes ${String(mostConditions)} conditions.`,
});
