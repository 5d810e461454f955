import { readCodesOf } from '#app/domains/codes/index.ts';
import { cancelMails, type MailRequest, requestMails } from '#app/domains/notifications/index.ts';
import {
  type Due,
  isNotAsked,
  readHoldout,
  readProgramme,
  type Reward,
  rewardFor,
  type Settled,
} from '#app/domains/referrals/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { capabilitiesOfShop } from '../connected-shop.ts';
import { rewardCodes } from './post-reward.ts';

const mailKind = 'referral';

export interface Change {
  readonly before: Due;
  readonly after: Settled;
}

/**
 * Asks for the mails that settled referrals call for, once each: to the advocate when a reward is on its way and when it is
 * there, to the friend a welcome, unless friends are held out themselves. What is no longer true and not yet sent is
 * withdrawn.
 */
export async function tellOfReferrals(
  services: Pick<Services, 'secrets' | 'clock' | 'platforms'>,
  scope: ShopScope,
  shop: Shop,
  changes: readonly Change[],
): Promise<void> {
  const changed = changes.filter(({ before, after }) => before.state !== after.state);
  if (changed.length === 0) return;
  const now = services.clock.now();
  const given = changed.filter(({ after }) => after.state === 'rewarded');
  const codes = await readCodesOf(
    scope,
    rewardCodes,
    given.map(({ after }) => after.orderId),
  );
  const codeOf = new Map(codes.map(({ source, code }) => [`${source.id} ${source.purpose}`, code]));
  const { terms } = await readProgramme(scope);
  const holdout = await readHoldout(scope);
  const url = `${shop.storefrontUrl}${capabilitiesOfShop(services, shop)?.rewardsPath ?? '/'}`;
  const requests: MailRequest[] = [];
  for (const { before, after } of changed) {
    const { orderId, state, posted, round } = after;
    const sourceOf = (purpose: string) => ({ kind: mailKind, id: orderId, purpose });
    if (state !== 'pending')
      await cancelMails(scope, { sourceKind: mailKind, sourceId: orderId, purpose: 'pending' }, now);
    if (posted === null || before.customerId === null) continue;
    const reward = mailReward(posted.reward, shop.currency);
    const to = { customerId: before.customerId };
    if (state === 'pending') {
      const data = { reward, dueAt: before.dueAt.toISOString(), url };
      requests.push({ template: 'referrals.reward-pending', data, source: sourceOf('pending'), to });
    } else if (state === 'rewarded') {
      const data = { reward, code: codeOf.get(`${orderId} ${String(round)}`) ?? null, url };
      requests.push({ template: 'referrals.reward-given', data, source: sourceOf('given'), to });
    }
    const friendId = before.order?.customerId ?? null;
    if (before.state === 'new' && friendId !== null && !isNotAsked(holdout, friendId)) {
      const data = { reward: mailReward(rewardFor(terms, 1, 'pay'), shop.currency), url };
      requests.push({
        template: 'referrals.friend-welcome',
        data,
        source: sourceOf('welcome'),
        to: { customerId: friendId },
      });
    }
  }
  await requestMails(services, scope, requests);
}

const mailReward = (reward: Reward, currency: string) =>
  'minor' in reward ? { type: 'money' as const, minor: reward.minor, currency } : reward;
