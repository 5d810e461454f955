import { issueCode, type RandomBytes, readCode, withdrawCode } from '#app/domains/codes/index.ts';
import { reverse, readBalances, spend } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { pointsOf, versionAt } from '../model.ts';
import { readRules } from '../store.ts';
import { lockMembers } from '../store-members.ts';
import { grantOf } from './registry.ts';
import { addRedemption, findRedemption, noteCancelled } from './store-redemptions.ts';

export interface RedeemWish {
  readonly customerId: string;
  readonly rewardId: string;
  /** UUID that the page made: the same again is the same reward, not a second one */
  readonly requestId: string;
}

export interface Redeemed {
  readonly redemptionId: string;
  readonly code: string;
  readonly points: number;
  /** what is left */
  readonly available: number;
}

export type RedeemFailure =
  'not-live' | 'held-out' | 'not-a-member' | 'unknown-reward' | 'insufficient' | 'conflict' | 'unsupported';

const source = (id: string) => ({ kind: 'loyalty-redemption', id, purpose: '' });
const codeSource = (id: string) => ({ kind: 'loyalty-reward', id, purpose: '' });
const day = 86_400_000;

/**
 * Turns points into a code of the member's own, both or neither. Two tabs that redeem the same points wait for each
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
  const grant = grantOf(reward);
  if (grant.as !== 'code') return fail('unsupported', 'The store cannot give this reward yet.');
  const spent = await spend(scope, {
    account: pointsOf(customerId),
    amount: reward.cost,
    source: source(requestId),
    at: now,
    details: { reward: reward.id, version: version.version },
  });
  if (spent.code === 'insufficient') {
    const missing = reward.cost - Math.max(0, spent.available);
    return fail('insufficient', `${String(missing)} ${version.settings.pointsName} are missing.`);
  }
  if (spent.code !== 'posted') throw new Error(`the ledger answered ${spent.code} to a new redemption`);
  const endsAt = reward.validDays === null ? null : new Date(now.getTime() + reward.validDays * day);
  const wish = { source: codeSource(requestId), title: reward.title, terms: grant.terms, customerId, uses: 1 };
  const issued = await issueCode(scope, { ...wish, startsAt: now, endsAt }, { now, random });
  if (issued.outcome !== 'issued') throw new Error(`a new redemption has a code already: ${issued.outcome}`);
  const code = await readCode(scope, codeSource(requestId));
  const redemption = {
    id: requestId,
    customerId,
    rewardId,
    version: version.version,
    kind: reward.kind,
    title: reward.title,
    points: reward.cost,
    createdAt: now,
    endsAt: code?.endsAt ?? endsAt,
  };
  await addRedemption(scope, redemption);
  return redeemed(scope, redemption);
}

async function redeemed(
  scope: ShopScope,
  { id, points, customerId }: { readonly id: string; readonly points: number; readonly customerId: string },
): Promise<Result<Redeemed, never>> {
  const code = await readCode(scope, codeSource(id));
  if (!code) throw new Error('a redemption has no code');
  const { available } = await readBalances(scope, pointsOf(customerId));
  return ok({ redemptionId: id, code: code.code, points, available });
}

/**
 * Gives the points of a code back that nobody has used, and takes the code out of the store. Points whose time is over
 * meanwhile end with the next settling.
 * @param customerId null = the merchant does it
 */
export async function cancelRedemption(
  scope: ShopScope,
  { customerId, redemptionId }: { readonly customerId: string | null; readonly redemptionId: string },
  now: Date,
): Promise<Result<{ readonly available: number }, 'not-found' | 'cancelled' | 'used' | 'over'>> {
  const found = await findRedemption(scope, redemptionId);
  if (!found || (customerId !== null && found.customerId !== customerId))
    return fail('not-found', 'There is no such reward.');
  await lockMembers(scope, [found.customerId]);
  const redemption = await findRedemption(scope, redemptionId);
  if (!redemption || redemption.cancelledAt !== null) return fail('cancelled', 'The points were given back before.');
  const withdrawn = await withdrawCode(scope, codeSource(redemptionId));
  if (withdrawn === 'used') return fail('used', 'The code was used in an order.');
  if (withdrawn !== 'withdrawn') return fail('over', 'The code has ended.');
  const back = await reverse(scope, {
    original: source(redemptionId),
    amount: null,
    source: { ...source(redemptionId), purpose: 'cancelled' },
    at: now,
    details: { reward: redemption.rewardId, version: redemption.version },
  });
  if (back.code !== 'posted') throw new Error(`the ledger answered ${back.code} to a cancelled redemption`);
  await noteCancelled(scope, redemptionId, now);
  const { available } = await readBalances(scope, pointsOf(redemption.customerId));
  return ok({ available });
}
