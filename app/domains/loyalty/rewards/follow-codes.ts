import { readStandings } from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { lockMembers } from '../store-members.ts';
import { rewardCodes } from './issue-reward.ts';
import { bringPoints } from './return-points.ts';
import { findRedemptions } from './store-redemptions.ts';

/**
 * Brings the points of rewards in line with the orders that were paid with them: as often as orders that stand carry a
 * code of a reward, its points are spent; where none does and its code is lost they are given back. So a code that was used
 * after its points were given back costs them again, into debt if need be, and the order that a store never gives a code
 * back for gives the points back instead, until it is opened again. The same again changes nothing.
 * @param ids of redemptions
 * @returns whether any points moved
 */
export async function followRewardCodes(scope: ShopScope, ids: readonly string[], now: Date): Promise<boolean> {
  const members = (await findRedemptions(scope, ids)).map(({ customerId }) => customerId);
  if (members.length === 0) return false;
  await lockMembers(scope, members);
  // Somebody may have given some back while this waited.
  const redemptions = new Map((await findRedemptions(scope, ids)).map((one) => [one.id, one]));
  let moved = false;
  for (const { source, uses, lost } of await readStandings(scope, rewardCodes, ids)) {
    const redemption = redemptions.get(source.id);
    if (!redemption) continue;
    const kept = lost || redemption.cancelledAt !== null ? 0 : 1;
    if (await bringPoints(scope, redemption, uses > 0 ? uses : kept, now)) moved = true;
  }
  return moved;
}
