import { closeAccount } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { pointsOf } from './model.ts';
import { deleteMembers } from './store-person.ts';

/** These customers are forgotten: their points end, the ledger keeps the sums without their names. */
export async function forgetMembers(scope: ShopScope, customerIds: readonly string[], now: Date): Promise<void> {
  for (const customerId of customerIds.toSorted()) {
    const closed = await closeAccount(scope, { account: pointsOf(customerId), at: now });
    if (closed.code === 'held') throw new Error('points are held for a redemption; loyalty holds none');
  }
  await deleteMembers(scope, customerIds);
}
