import { giveStoreCredit, issueCode, issueGiftCard, type RandomBytes, readCode } from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { grantOf, type Reward } from './registry.ts';

/** Codes and gifts that are rewards, by the redemption. */
export const rewardCodes = 'loyalty-reward';
/** What a redemption's code or gift is issued for. */
export const rewardSource = (redemptionId: string) => ({ kind: rewardCodes, id: redemptionId, purpose: '' });

export interface RewardWish {
  /** of the redemption */
  readonly id: string;
  readonly reward: Reward;
  readonly customerId: string;
  /** of amounts in the reward, ISO 4217 */
  readonly currency: string;
  /** null = never */
  readonly endsAt: Date | null;
}

/**
 * Issues the code, the gift card or the credit of a new redemption; the store makes it by a job.
 * @returns when it ends: codes end with a day
 */
export async function issueReward(
  scope: ShopScope,
  { id, reward, customerId, currency, endsAt }: RewardWish,
  { now, random }: { readonly now: Date; readonly random: RandomBytes },
): Promise<Date | null> {
  const source = rewardSource(id);
  const grant = grantOf(reward);
  if (grant.as === 'code') {
    const wish = { source, title: reward.title, terms: grant.terms, customerId, uses: 1, startsAt: now, endsAt };
    const { outcome } = await issueCode(scope, wish, { now, random });
    if (outcome !== 'issued') throw new Error(`a new redemption has a code already: ${outcome}`);
    return (await readCode(scope, source))?.endsAt ?? endsAt;
  }
  const give = grant.as === 'gift-card' ? issueGiftCard : giveStoreCredit;
  const wish = { source, customerId, amountMinor: grant.minor, currency, expiresAt: endsAt, note: reward.title };
  const { outcome } = await give(scope, wish, now);
  if (outcome !== 'issued') throw new Error('a new redemption has a gift already');
  return endsAt;
}
