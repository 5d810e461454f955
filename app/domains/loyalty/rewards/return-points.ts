import { spendTimes } from '#app/domains/ledger/index.ts';
import { cancelMails } from '#app/domains/notifications/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { rewardCodes } from './issue-reward.ts';
import { noteCancelled, type Redemption } from './store-redemptions.ts';

/** What the ledger knows the points of a redemption by. */
export const spentSource = (redemptionId: string) => ({ kind: 'loyalty-redemption', id: redemptionId, purpose: '' });

/**
 * Has the points of a redemption be spent so many times: 0 = they were given back, and a mail that waits is not sent. Those
 * whose time is over meanwhile end with the next settling. Its member must be locked.
 * @returns whether any moved
 */
export async function bringPoints(
  scope: ShopScope,
  { id, rewardId, version, cancelledAt }: Redemption,
  times: number,
  now: Date,
): Promise<boolean> {
  const details = { reward: rewardId, version };
  const moved = await spendTimes(scope, { source: spentSource(id), times, at: now, details });
  if (times > 0 !== (cancelledAt === null)) await noteCancelled(scope, id, times > 0 ? null : now);
  if (times === 0) await cancelMails(scope, { sourceKind: rewardCodes, sourceId: id }, now);
  return moved !== 0;
}
