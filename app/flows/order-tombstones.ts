import {
  forgetFinishedSteps,
  forgetOlderSteps,
  readFinishedSteps,
  saveFinishedSteps,
} from '#app/domains/inbox/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';

/** Under this key a deletion is remembered, so that an update that it has overtaken does not bring the order back. */
const tombstone = (orderId: string) => `order-deleted:${orderId}`;

export const buryOrder = (scope: ShopScope, orderId: string, now: Date): Promise<void> =>
  saveFinishedSteps(scope, [{ key: tombstone(orderId), step: 'orders' }], now);

/** The platform has it: it was taken out of the trash, if it ever was deleted. */
export const unburyOrder = (scope: ShopScope, orderId: string): Promise<void> =>
  forgetFinishedSteps(scope, tombstone(orderId));

/** Orders without those whose deletion was heard of. */
export async function withoutBuried(
  scope: ShopScope,
  orders: readonly PlatformOrder[],
): Promise<readonly PlatformOrder[]> {
  const buried = await readFinishedSteps(
    scope,
    orders.map(({ id }) => tombstone(id)),
  );
  return buried.size === 0 ? orders : orders.filter(({ id }) => !buried.has(tombstone(id)));
}

/**
 * Orders that the platform showed when it was asked at `readAt`, without those whose deletion was heard of since. Earlier
 * deletions are over: the platform has these orders again.
 */
export async function standingOrders(
  scope: ShopScope,
  orders: readonly PlatformOrder[],
  readAt: Date,
): Promise<readonly PlatformOrder[]> {
  if (orders.length === 0) return orders;
  await forgetOlderSteps(
    scope,
    orders.map(({ id }) => tombstone(id)),
    readAt,
  );
  return withoutBuried(scope, orders);
}
