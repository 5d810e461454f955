import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import {
  type MerchandisingSettings,
  merchandisingSettingsSchema,
  type Rule,
  type RuleForm,
  ruleFormSchema,
  ruleLimits,
  type RulePhase,
  type RuleResult,
} from './model.ts';
import { rulePhase } from './rules.ts';
import {
  insertRule,
  readRule,
  readRules,
  readSettings,
  removeRule,
  replaceRule,
  writeOrder,
  writeSettings,
} from './store.ts';

export interface RuleContext {
  readonly now: Date;
  readonly newId: () => string;
}

export interface RuleListItem extends Rule {
  readonly phase: RulePhase;
}

const notFound = {
  ok: false,
  code: 'not-found',
  message: 'This rule does not exist any more. Go back to the list of rules.',
} as const;
const conflict = {
  ok: false,
  code: 'conflict',
  message: 'Somebody else changed this in the meantime. Reload the page and make your change again.',
} as const;
const tooMany = {
  ok: false,
  code: 'limit',
  message: `A shop can have ${ruleLimits.rules} rules. Delete one that you do not need.`,
} as const;

function invalid(issues: readonly { path: readonly PropertyKey[]; message: string }[]): RuleResult<never> {
  const fields: Record<string, string> = {};
  for (const issue of issues) fields[issue.path.join('.')] ??= issue.message;
  return { ok: false, code: 'invalid', message: 'Some fields need your attention.', fields };
}

/** All rules in their order, with where they stand now. */
export async function listRules(scope: ShopScope, now: Date): Promise<RuleListItem[]> {
  return (await readRules(scope)).map((rule) => ({ ...rule, phase: rulePhase(rule, now) }));
}

/** One rule. Failure: 'not-found'. */
export async function getRule(scope: ShopScope, id: string): Promise<RuleResult<Rule>> {
  const rule = isUuid(id) ? await readRule(scope, id) : null;
  return rule ? { ok: true, value: rule } : notFound;
}

/** Creates a rule from what the editor sent (`RuleFormInput`, not trusted). Failures: 'invalid', 'limit'. */
export async function createRule(scope: ShopScope, input: unknown, context: RuleContext): Promise<RuleResult<Rule>> {
  const parsed = ruleFormSchema.safeParse(input);
  if (!parsed.success) return invalid(parsed.error.issues);
  if ((await readRules(scope)).length >= ruleLimits.rules) return tooMany;
  const rule = await insertRule(scope, context.newId(), parsed.data, context.now);
  await writeSettings(scope, null, context.now);
  return { ok: true, value: rule };
}

/** Replaces a rule if nobody changed it since `revision`. Failures: 'invalid', 'conflict', 'not-found'. */
export async function updateRule(
  scope: ShopScope,
  id: string,
  revision: number,
  input: unknown,
  context: Pick<RuleContext, 'now'>,
): Promise<RuleResult<Rule>> {
  const parsed = ruleFormSchema.safeParse(input);
  if (!parsed.success) return invalid(parsed.error.issues);
  return change(scope, id, revision, parsed.data, context.now);
}

/** Switches a rule on or off if nobody changed it since `revision`. Failures: 'conflict', 'not-found'. */
export async function setRuleStatus(
  scope: ShopScope,
  id: string,
  revision: number,
  status: Rule['status'],
  context: Pick<RuleContext, 'now'>,
): Promise<RuleResult<Rule>> {
  return change(scope, id, revision, { status }, context.now);
}

async function change(
  scope: ShopScope,
  id: string,
  revision: number,
  form: Partial<RuleForm>,
  now: Date,
): Promise<RuleResult<Rule>> {
  if (!isUuid(id) || !(await readRule(scope, id))) return notFound;
  if (!(await replaceRule(scope, id, revision, form, now))) return conflict;
  await writeSettings(scope, null, now);
  return getRule(scope, id);
}

/** Deletes a rule. Failure: 'not-found'. */
export async function deleteRule(
  scope: ShopScope,
  id: string,
  context: Pick<RuleContext, 'now'>,
): Promise<RuleResult<null>> {
  if (!isUuid(id) || !(await removeRule(scope, id))) return notFound;
  await writeSettings(scope, null, context.now);
  return { ok: true, value: null };
}

/** Puts the rules into this order; `ids` must be all of them. Failure: 'conflict' where they are not. */
export async function reorderRules(
  scope: ShopScope,
  ids: readonly string[],
  context: Pick<RuleContext, 'now'>,
): Promise<RuleResult<null>> {
  const known = (await readRules(scope)).map((rule) => rule.id);
  const wanted = new Set(ids);
  if (wanted.size !== ids.length || known.length !== ids.length || !known.every((id) => wanted.has(id)))
    return conflict;
  await writeOrder(scope, ids);
  await writeSettings(scope, null, context.now);
  return { ok: true, value: null };
}

/** What rules' own offers hold has changed: answers that were made before are asked for anew. */
export const noteOffersChanged = (scope: ShopScope, now: Date): Promise<void> => writeSettings(scope, null, now);

/** What the shop's suggestions are to achieve. */
export async function readMerchandising(scope: ShopScope): Promise<MerchandisingSettings> {
  return (await readSettings(scope)).settings;
}

/** Changes what the shop's suggestions are to achieve (`input` is not trusted). Failure: 'invalid'. */
export async function saveMerchandising(
  scope: ShopScope,
  input: unknown,
  context: Pick<RuleContext, 'now'>,
): Promise<RuleResult<MerchandisingSettings>> {
  const parsed = merchandisingSettingsSchema.safeParse(input);
  if (!parsed.success) return invalid(parsed.error.issues);
  await writeSettings(scope, parsed.data, context.now);
  return { ok: true, value: parsed.data };
}
