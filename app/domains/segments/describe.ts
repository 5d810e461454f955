import type { ConditionGroup, Wording } from './conditions/condition-kind.ts';
import type { FieldLook } from './conditions/fields.ts';
import { conditionKindOf, conditionKinds } from './conditions/registry.ts';
import { isGroupRule, type Rule } from './language.ts';

/** A kind of condition as a page shows it. */
export interface ConditionForm {
  readonly kind: string;
  readonly title: string;
  readonly group: ConditionGroup;
  readonly fields: readonly { readonly name: string; readonly look: FieldLook; readonly initial: unknown }[];
}

/** Everything that a merchant can ask for, in the order in which it is offered. */
export const conditionForms: readonly ConditionForm[] = conditionKinds.map(({ kind, title, group, fields }) => ({
  kind,
  title,
  group,
  fields: Object.entries(fields).map(([name, { look, initial }]) => ({ name, look, initial })),
}));

const joins = { all: ', and ', any: ', or ', none: ', nor ' } as const;

/** A segment's conditions as a sentence. */
export function wordsOf(rule: Rule, say: Wording): string {
  if (!isGroupRule(rule)) return conditionKindOf(rule.kind).words(rule.values, say);
  const parts = rule.of.map((part) => (isGroupRule(part) ? `(${wordsOf(part, say)})` : wordsOf(part, say)));
  return `${rule.match === 'none' ? 'neither ' : ''}${parts.join(joins[rule.match])}`;
}

/** Ids of products, collections and tiers that conditions name. */
export const namedBy = (rule: Rule): string[] =>
  isGroupRule(rule)
    ? rule.of.flatMap(namedBy)
    : ['products', 'collections', 'tiers'].flatMap((field) => {
        const ids = rule.values[field];
        return Array.isArray(ids) ? ids.map(String) : [];
      });
