import { reverse } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { noteCancelled, type Redemption } from './store-redemptions.ts';

/** What the ledger knows the points of a redemption by. */
export const spentSource = (redemptionId: string) => ({ kind: 'loyalty-redemption', id: redemptionId, purpose: '' });

/**
 * Gives the points of a redemption back; those whose time is over meanwhile end with the next settling. Its member must be
 * locked, and the redemption not be cancelled yet.
 */
export async function returnPoints(scope: ShopScope, redemption: Redemption, now: Date): Promise<void> {
  const original = spentSource(redemption.id);
  const back = await reverse(scope, {
    original,
    amount: null,
    source: { ...original, purpose: 'cancelled' },
    at: now,
    details: { reward: redemption.rewardId, version: redemption.version },
  });
  if (back.code !== 'posted') throw new Error(`the ledger answered ${back.code} to a cancelled redemption`);
  await noteCancelled(scope, redemption.id, now);
}
