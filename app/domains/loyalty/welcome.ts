import type { ShopScope } from '#app/infra/database.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import type { ProgrammeRules } from './earn-history.ts';
import { giveActivities } from './give-activities.ts';
import { versionAt } from './model.ts';
import { readRules } from './store.ts';
import { addMembers, type NewMember, readAccountsSince } from './store-members.ts';

/**
 * Takes customers into the programme. Points for signing up go to those who asked to join, and, where everybody takes
 * part, to those whose account is younger than the programme. Returns who is new.
 */
export async function welcome(
  scope: ShopScope,
  members: readonly NewMember[],
  rules: ProgrammeRules,
  now: Date,
): Promise<string[]> {
  const added = await addMembers(scope, members);
  if (added.length === 0) return added;
  const asked = members.filter(({ source }) => source === 'sign-up').map(({ customerId }) => customerId);
  await giveSignUp(scope, added, asked, rules, now);
  return added;
}

/** Accounts were made or changed: where everybody takes part, those that are younger than the programme come in. */
export async function welcomeAccounts(scope: ShopScope, customerIds: readonly string[], now: Date): Promise<void> {
  const rules = customerIds.length === 0 ? null : await readRules(scope);
  const since = rules?.versions[0]?.from;
  if (!rules || !since || versionAt(rules.versions, now)?.settings.enrolment !== 'all') return;
  const found = await readAccountsSince(scope, customerIds, since);
  const members = found.flatMap(({ id, createdAt }): NewMember[] => {
    const version = versionAt(rules.versions, createdAt);
    if (version?.settings.enrolment !== 'all' || isHeldOut(id, rules.salt, version.settings.holdoutBps)) return [];
    return [{ customerId: id, joinedAt: createdAt, source: 'order' }];
  });
  await addMembers(scope, members);
  // An order may have come before its account: then the points are still owed.
  await giveSignUp(
    scope,
    members.map(({ customerId }) => customerId),
    [],
    rules,
    now,
  );
}

async function giveSignUp(
  scope: ShopScope,
  customerIds: readonly string[],
  asked: readonly string[],
  rules: ProgrammeRules,
  now: Date,
): Promise<void> {
  const version = versionAt(rules.versions, now);
  const rule = version?.settings.rules.find((one) => one.kind === 'sign-up' && one.on);
  const since = rules.versions[0]?.from;
  if (!version || rule?.kind !== 'sign-up' || !since) return;
  const young = version.settings.enrolment === 'all' ? await readAccountsSince(scope, customerIds, since) : [];
  const due = new Set([...asked.filter((id) => customerIds.includes(id)), ...young.map(({ id }) => id)]);
  const activities = [...due].map((customerId) => ({
    customerId,
    rule: rule.id,
    reference: '',
    kind: rule.kind,
    version: version.version,
    points: rule.points,
  }));
  await giveActivities(scope, activities, version.settings, rules.timeZone, now);
}
