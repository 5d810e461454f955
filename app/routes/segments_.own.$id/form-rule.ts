import type { ConditionForm, Rule, RuleGroup } from '#app/domains/segments/index.ts';

/** A condition as it stands in the form: values may be missing or wrong. */
export interface FormCondition {
  readonly key: string;
  readonly kind: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface FormGroup {
  readonly key: string;
  readonly kind: 'group';
  readonly match: RuleGroup['match'];
  readonly of: readonly FormRule[];
}

export type FormRule = FormCondition | FormGroup;

export const isFormGroup = (rule: FormRule): rule is FormGroup => rule.kind === 'group';

let made = 0;
/** Tells rows of the form apart while others come and go. */
const newKey = (): string => `row-${String((made += 1))}`;

export const emptyCondition = (form: ConditionForm): FormCondition => ({
  key: newKey(),
  kind: form.kind,
  values: Object.fromEntries(form.fields.map(({ name, initial }) => [name, initial])),
});

export const emptyGroup = (of: readonly FormRule[], match: RuleGroup['match'] = 'any'): FormGroup => ({
  key: newKey(),
  kind: 'group',
  match,
  of,
});

/** A stored rule as it stands in the form. */
export function toForm(rule: Rule): FormRule {
  return 'of' in rule
    ? { key: newKey(), kind: 'group', match: rule.match, of: rule.of.map(toForm) }
    : { key: newKey(), kind: rule.kind, values: rule.values };
}

export const countConditions = (rule: FormRule): number =>
  isFormGroup(rule) ? rule.of.reduce((sum, part) => sum + countConditions(part), 0) : 1;

/** The group without the part, or with another in its place. */
export function withPart(group: FormGroup, key: string, part: FormRule | null): FormGroup {
  return { ...group, of: group.of.flatMap((one) => (one.key === key ? (part ?? []) : one)) };
}
