import { claimOrders } from '#app/domains/attribution/index.ts';
import { findTouches, noteOrdersChanged, openReferrals, readProgramme } from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { enqueueReferrals } from './enqueue.ts';

/**
 * Says which orders came through an advocate and has them looked at, new ones and those that changed; may be told any
 * number of times, in any order. A constant number of statements for however many orders.
 */
export async function attributeOrders(
  services: Pick<Services, 'clock' | 'queue'>,
  scope: ShopScope,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return;
  const now = services.clock.now();
  const { active, terms } = await readProgramme(scope);
  const opened = active ? await openNew(scope, orderIds, terms, now) : 0;
  const changed = await noteOrdersChanged(scope, orderIds, now);
  // A job that is lost, or comes before this transaction ends, is made up for by the sweep.
  if (opened + changed > 0) await enqueueReferrals(services, scope.shopId);
}

async function openNew(
  scope: ShopScope,
  orderIds: readonly string[],
  terms: Parameters<typeof openReferrals>[2],
  now: Date,
): Promise<number> {
  const touches = await findTouches(scope, orderIds, terms.linkDays);
  const winners = await claimOrders(
    scope,
    touches.map(({ orderId, advocateId, how, touchedAt }) => ({
      orderId,
      programme: 'referral' as const,
      ownerId: advocateId,
      how,
      touchedAt,
    })),
    now,
  );
  const won = winners.flatMap((winner) => {
    const touch = touches.find(
      ({ orderId, advocateId, how }) =>
        winner.programme === 'referral' &&
        orderId === winner.orderId &&
        advocateId === winner.ownerId &&
        how === winner.how,
    );
    return touch ?? [];
  });
  await openReferrals(scope, won, terms, now);
  return won.length;
}
