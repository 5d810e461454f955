import { readBalances, readLots } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import type { ProgrammeRules } from './earn-history.ts';
import { earnKindOf } from './earning/registry.ts';
import { shownTerms } from './earning/shown-terms.ts';
import { pointsOf, type ProgrammeSettings, type TierLevel, versionAt } from './model.ts';
import { readShownRewards, type Reveal } from './rewards/shown-rewards.ts';
import { readActivities } from './store-activities.ts';
import { readRules } from './store.ts';
import { findMember } from './store-members.ts';
import { periodOf } from './tiers/period.ts';
import { readMemberTiers } from './tiers/store-tiers.ts';

const mostRewards = 20;

/**
 * What a shopper sees of the programme, ready to be sent as JSON; null while there is none. `customerId` null = a guest.
 * @param reveal tells what gift cards are redeemed with, where the page is the customer's own
 */
export async function readLoyaltyView(
  scope: ShopScope,
  customerId: string | null,
  now: Date,
  reveal: Reveal = () => null,
) {
  const rules = await readRules(scope);
  const version = rules && versionAt(rules.versions, now);
  if (!version) return null;
  const { settings } = version;
  const { rewards, tiers } = settings;
  const heldOut = customerId !== null && isHeldOut(customerId, rules.salt, settings.holdoutBps);
  const customer =
    customerId === null || heldOut ? null : await readCustomer(scope, customerId, settings, rules, { now, reveal });
  const activities = customer === null || customerId === null ? [] : await readActivities(scope, customerId);
  const available = Math.max(0, customer?.available ?? 0);
  const signUp = settings.rules.find((rule) => rule.kind === 'sign-up' && rule.on);
  return {
    name: settings.pointsName,
    nameOfOne: settings.pointName === '' ? settings.pointsName : settings.pointName,
    joins: settings.enrolment,
    customer: heldOut ? { status: 'held-out' as const } : customer,
    earn: settings.rules
      .filter(({ on }) => on)
      .map((rule) => {
        const activity = earnKindOf(rule.kind).onActivity?.(rule);
        return {
          id: rule.id,
          kind: rule.kind,
          title: rule.kind === 'social' ? rule.title : null,
          points: 'points' in rule && rule.kind !== 'amount' ? rule.points : null,
          per: rule.kind === 'amount' ? { spendMinor: rule.perMinor, points: rule.points } : null,
          multiplierBps: 'bps' in rule ? rule.bps : null,
          terms: shownTerms(rule),
          done: activity?.limit === 'once' && activities.some((one) => one.rule === rule.id),
          claim:
            rule.kind === 'social' ? ('link' as const) : rule.kind === 'review' ? ('api' as const) : ('none' as const),
          url: rule.kind === 'social' ? rule.url : null,
        };
      }),
    rewards: rewards
      .filter(({ on }) => on)
      .toSorted((a, b) => a.cost - b.cost)
      .map((reward) => ({
        id: reward.id,
        kind: reward.kind,
        title: reward.title,
        minor: 'minor' in reward ? reward.minor : null,
        basisPoints: 'basisPoints' in reward ? reward.basisPoints : null,
        cost: reward.cost,
        affordable: customer !== null && available >= reward.cost,
        missing: Math.max(0, reward.cost - available),
        minSubtotalMinor: 'minSubtotalMinor' in reward ? reward.minSubtotalMinor : null,
      })),
    tiers: tiers.levels.map((level) => ({ ...shownTier(level), at: level.at, measure: tiers.measure })),
    joining: { points: signUp?.kind === 'sign-up' ? signUp.points : 0 },
  };
}

export type LoyaltyView = NonNullable<Awaited<ReturnType<typeof readLoyaltyView>>>;

const shownTier = ({ id, name, multiplierBps, freeShipping, perks }: TierLevel) => ({
  id,
  name,
  /** times the points for money spent, basis points; 10000 = as everybody */
  multiplierBps,
  freeShipping,
  perks,
});

async function readCustomer(
  scope: ShopScope,
  customerId: string,
  settings: ProgrammeSettings,
  rules: ProgrammeRules,
  { now, reveal }: { readonly now: Date; readonly reveal: Reveal },
) {
  const account = pointsOf(customerId);
  const member = await findMember(scope, customerId);
  const balances = await readBalances(scope, account);
  const lots = await readLots(scope, account);
  const { tiers } = settings;
  const [own] = member ? await readMemberTiers(scope, [customerId], periodOf(settings, now, rules.timeZone)) : [];
  const place = tiers.levels.findIndex(({ id }) => id === member?.tier);
  const [tier, next] = [tiers.levels[place], tiers.levels[place + 1]];
  const have = own?.figure ?? 0;
  return {
    status: member ? ('member' as const) : ('not-joined' as const),
    ...balances,
    pendingLots: lots
      .filter(({ pending }) => pending > 0)
      .toSorted((a, b) => a.vestAt.getTime() - b.vestAt.getTime())
      .map(({ pending, vestAt }) => ({ points: pending, at: vestAt.toISOString() })),
    expiringLots: lots.flatMap(({ available, expiresAt }) =>
      available > 0 && expiresAt ? [{ points: available, at: expiresAt.toISOString() }] : [],
    ),
    tier: tier ? { ...shownTier(tier), since: member?.tierSince?.toISOString() ?? null } : null,
    nextTier: next
      ? {
          ...shownTier(next),
          at: next.at,
          have,
          measure: tiers.measure,
          percent: Math.max(0, Math.min(100, Math.floor((have * 100) / Math.max(1, next.at)))),
        }
      : null,
    birthday: member?.birthdayHash ? ('given' as const) : ('missing' as const),
    redemptions: await readShownRewards(scope, customerId, mostRewards, tiers.levels, reveal),
  };
}
