import type { ShopScope } from '#app/infra/database.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { settleOrders } from './earn-for-orders.ts';
import type { ProgrammeRules } from './earn-history.ts';
import { earnKindOf } from './earning/registry.ts';
import { giveActivities, takeBackActivities } from './give-activities.ts';
import { localTime, startOfDay } from './local-time.ts';
import { type ProgrammeVersion, versionAt } from './model.ts';
import { readRules } from './store.ts';
import { countActivities, hasBought } from './store-activities.ts';
import { lockMembers } from './store-members.ts';
import { moveTiers } from './tiers/move-tiers.ts';
import { welcome } from './welcome.ts';

export interface Claim {
  readonly customerId: string;
  readonly ruleId: string;
  /** which review it was, for example; '' for what is given once */
  readonly reference: string;
}

export type ClaimFailure =
  'not-live' | 'held-out' | 'not-a-member' | 'unknown-rule' | 'already' | 'limit' | 'not-bought';

const notLive = fail('not-live', 'The programme is not running at the moment.');
const heldOut = fail('held-out', 'The programme is not open to this customer.');

/** A member did something that earns points: followed the shop, wrote a review. Each thing counts once. */
export async function claimActivity(
  scope: ShopScope,
  { customerId, ruleId, reference }: Claim,
  now: Date,
): Promise<Result<{ readonly points: number }, ClaimFailure>> {
  const open = await openTo(scope, customerId, now);
  if (!open.ok) return open;
  const { rules, version } = open.value;
  const rule = version.settings.rules.find(({ id, on }) => id === ruleId && on);
  const terms = rule && earnKindOf(rule.kind).onActivity?.(rule);
  // Birthdays and sign-ups come by themselves.
  if (!rule || !terms || rule.kind === 'birthday' || rule.kind === 'sign-up')
    return fail('unknown-rule', 'There are no points for this any more.');
  // What counts several times names which one it was; only who vouches for it knows that, never the customer alone.
  if (terms.limit !== 'once' && reference === '') return fail('unknown-rule', 'The store gives these points itself.');
  const [member] = await lockMembers(scope, [customerId]);
  if (member === undefined) return fail('not-a-member', 'Join the programme first.');
  if (typeof terms.limit === 'number') {
    const newYear = startOfDay(localTime(now, rules.timeZone).year, 1, 1, rules.timeZone);
    if ((await countActivities(scope, customerId, rule.id, newYear)) >= terms.limit)
      return fail('limit', 'All points of this kind were given for this year.');
  }
  const activity = {
    customerId,
    rule: rule.id,
    reference: terms.limit === 'once' ? '' : reference,
    kind: rule.kind,
    version: version.version,
    points: terms.points,
  };
  const given = await giveActivities(scope, [activity], version.settings, rules.timeZone, now);
  if (given.length === 0) return fail('already', 'The points for this were given before.');
  await moveTiers(scope, [customerId], rules, now);
  return ok({ points: terms.points });
}

/**
 * The store vouches that a customer wrote a review and let it stand: the first one of each product that they have bought
 * earns, as often in a year as the rule says. May be told any number of times.
 */
export async function claimReview(
  scope: ShopScope,
  { customerId, productId }: { readonly customerId: string; readonly productId: string },
  now: Date,
): Promise<Result<{ readonly points: number }, ClaimFailure>> {
  const open = await openTo(scope, customerId, now);
  if (!open.ok) return open;
  const rule = open.value.version.settings.rules.find(({ kind, on }) => kind === 'review' && on);
  if (!rule) return fail('unknown-rule', 'There are no points for reviews.');
  if (!(await hasBought(scope, customerId, productId)))
    return fail('not-bought', 'A review counts for whoever has bought the product.');
  return claimActivity(scope, { customerId, ruleId: rule.id, reference: referenceOf(productId) }, now);
}

const referenceOf = (productId: string): string => `product ${productId}`;

/** The store has taken a customer's review of a product down: its points go, once, and come again with it. */
export async function takeBackReview(
  scope: ShopScope,
  { customerId, productId }: { readonly customerId: string; readonly productId: string },
  now: Date,
): Promise<void> {
  const rules = await readRules(scope);
  const [member] = rules ? await lockMembers(scope, [customerId]) : [];
  if (!rules || member === undefined) return;
  const reviews = rules.versions.flatMap(({ settings }) => settings.rules.filter(({ kind }) => kind === 'review'));
  const keys = [...new Set(reviews.map(({ id }) => id))].map((rule) => ({
    customerId,
    rule,
    reference: referenceOf(productId),
  }));
  if (await takeBackActivities(scope, keys, now)) await moveTiers(scope, [customerId], rules, now);
}

/** A customer asks to take part. Again changes nothing. */
export async function joinProgramme(
  scope: ShopScope,
  customerId: string,
  now: Date,
): Promise<Result<{ readonly joined: boolean }, 'not-live' | 'held-out'>> {
  const open = await openTo(scope, customerId, now);
  if (!open.ok) return open;
  const { rules } = open.value;
  const added = await welcome(scope, [{ customerId, joinedAt: now, source: 'sign-up' }], rules, now);
  // Orders shortly before count, if the merchant wants that.
  if (added.length > 0) await settleOrders(scope, { customerIds: [customerId], orderIds: [] }, rules, now);
  return ok({ joined: added.length > 0 });
}

async function openTo(
  scope: ShopScope,
  customerId: string,
  now: Date,
): Promise<Result<{ readonly rules: ProgrammeRules; readonly version: ProgrammeVersion }, 'not-live' | 'held-out'>> {
  const rules = await readRules(scope);
  const version = rules && versionAt(rules.versions, now);
  if (!version) return notLive;
  return isHeldOut(customerId, rules.salt, version.settings.holdoutBps) ? heldOut : ok({ rules, version });
}
