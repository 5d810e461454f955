import { readGiftsOf, readStandings, withdrawCode } from '#app/domains/codes/index.ts';
import { readBalances } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { pointsOf } from '../model.ts';
import { lockMembers } from '../store-members.ts';
import { rewardSource } from './issue-reward.ts';
import { bringPoints } from './return-points.ts';
import { findRedemption } from './store-redemptions.ts';

export type CancelFailure = 'not-found' | 'cancelled' | 'used' | 'over' | 'given';

/**
 * Gives the points of a reward back that nobody has used, and takes its code out of the store; an order that was paid
 * with it at the same moment takes them again (`followRewardCodes`). What the store gives by itself cannot be taken back; where nobody knows whether it was given the merchant decides.
 * @param customerId null = the merchant does it
 */
export async function cancelRedemption(
  scope: ShopScope,
  { customerId, redemptionId }: { readonly customerId: string | null; readonly redemptionId: string },
  now: Date,
): Promise<Result<{ readonly available: number }, CancelFailure>> {
  const found = await findRedemption(scope, redemptionId);
  if (!found || (customerId !== null && found.customerId !== customerId))
    return fail('not-found', 'There is no such reward.');
  const source = rewardSource(redemptionId);
  const gift = (await readGiftsOf(scope, source.kind, [redemptionId])).get(redemptionId);
  // The code before its member, as orders lock them: neither waits for the other in a circle.
  const withdrawn = gift ? 'none' : await withdrawCode(scope, source);
  await lockMembers(scope, [found.customerId]);
  const redemption = await findRedemption(scope, redemptionId);
  if (!redemption || redemption.cancelledAt !== null) return fail('cancelled', 'The points were given back before.');
  if (gift && gift.state !== 'refused' && !(gift.state === 'unsure' && customerId === null))
    return fail('given', 'The store gives this reward at once; it cannot be taken back.');
  // An order may carry the code that this one has taken the place of, when two customers became one.
  const uses = gift ? 0 : (await readStandings(scope, source.kind, [redemptionId]))[0]?.uses;
  if (withdrawn === 'used' || (uses ?? 0) > 0) return fail('used', 'The code was used in an order.');
  if (!gift && withdrawn !== 'withdrawn') return fail('over', 'The code has ended.');
  await bringPoints(scope, redemption, 0, now);
  const { available } = await readBalances(scope, pointsOf(redemption.customerId));
  return ok({ available });
}
