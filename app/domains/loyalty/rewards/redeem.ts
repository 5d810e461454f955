import { type RandomBytes, readCode, readGiftsOf } from '#app/domains/codes/index.ts';
import { readBalances, spend } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { pointsOf, versionAt } from '../model.ts';
import { readRules } from '../store.ts';
import { lockMembers } from '../store-members.ts';
import { issueReward, rewardSource } from './issue-reward.ts';
import { spentSource } from './return-points.ts';
import { addRedemption, countRedemptions, findRedemption, type Redemption } from './store-redemptions.ts';

export interface RedeemWish {
  readonly customerId: string;
  readonly rewardId: string;
  /** UUID that the page made: the same again is the same reward, not a second one */
  readonly requestId: string;
}

export interface Redeemed {
  readonly redemptionId: string;
  /** null for a gift card and for store credit: the store gives them */
  readonly code: string | null;
  readonly title: string;
  readonly points: number;
  /** null = does not end */
  readonly endsAt: Date | null;
  /** what is left */
  readonly available: number;
}

export type RedeemFailure =
  'not-live' | 'held-out' | 'not-a-member' | 'unknown-reward' | 'insufficient' | 'too-many' | 'conflict';

const day = 86_400_000;

/**
 * Rewards of a member within 24 hours, those that were given back included: each is a code that the store makes and a mail.
 * More than anybody orders, and too few to keep a store busy. Shoppers read the number (`rewards-page/words-*`).
 */
export const mostRewardsADay = 20;

/**
 * Turns points into a reward of the member's own, both or neither. Two tabs that redeem the same points wait for each
 * other, and the second one finds too few.
 */
export async function redeem(
  scope: ShopScope,
  { customerId, rewardId, requestId }: RedeemWish,
  { now, random }: { readonly now: Date; readonly random: RandomBytes },
): Promise<Result<Redeemed, RedeemFailure>> {
  const rules = await readRules(scope);
  const version = rules && versionAt(rules.versions, now);
  if (!version) return fail('not-live', 'The programme is not running at the moment.');
  if (isHeldOut(customerId, rules.salt, version.settings.holdoutBps))
    return fail('held-out', 'The programme is not open to this customer.');
  const [member] = await lockMembers(scope, [customerId]);
  if (member === undefined) return fail('not-a-member', 'Join the programme first.');
  const known = await findRedemption(scope, requestId);
  if (known) {
    if (known.customerId !== customerId || known.rewardId !== rewardId || known.cancelledAt !== null)
      return fail('conflict', 'This was redeemed before. Load the page again.');
    return redeemed(scope, known);
  }
  const reward = version.settings.rewards.find(({ id, on }) => id === rewardId && on);
  if (!reward) return fail('unknown-reward', 'This reward is not offered any more.');
  const lately = await countRedemptions(scope, customerId, new Date(now.getTime() - day));
  if (lately >= mostRewardsADay) return fail('too-many', `At most ${String(mostRewardsADay)} rewards within 24 hours.`);
  const spent = await spend(scope, {
    account: pointsOf(customerId),
    amount: reward.cost,
    source: spentSource(requestId),
    at: now,
    details: { reward: reward.id, version: version.version },
  });
  if (spent.code === 'insufficient') {
    const missing = reward.cost - Math.max(0, spent.available);
    return fail('insufficient', `${String(missing)} ${version.settings.pointsName} are missing.`);
  }
  if (spent.code !== 'posted') throw new Error(`the ledger answered ${spent.code} to a new redemption`);
  const endsAt = reward.validDays === null ? null : new Date(now.getTime() + reward.validDays * day);
  const wish = { id: requestId, reward, customerId, currency: version.settings.currency, endsAt };
  const redemption = {
    id: requestId,
    customerId,
    rewardId,
    version: version.version,
    kind: reward.kind,
    title: reward.title,
    points: reward.cost,
    createdAt: now,
    endsAt: await issueReward(scope, wish, { now, random }),
  };
  await addRedemption(scope, redemption);
  return redeemed(scope, redemption);
}

async function redeemed(
  scope: ShopScope,
  { id, title, points, customerId, endsAt }: Omit<Redemption, 'cancelledAt'>,
): Promise<Result<Redeemed, never>> {
  const code = await readCode(scope, rewardSource(id));
  if (!code && !(await readGiftsOf(scope, rewardSource(id).kind, [id])).has(id))
    throw new Error('a redemption has neither a code nor a gift');
  const { available } = await readBalances(scope, pointsOf(customerId));
  return ok({ redemptionId: id, code: code?.code ?? null, title, points, endsAt, available });
}
