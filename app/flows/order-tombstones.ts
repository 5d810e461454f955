import { forgetFinishedSteps, forgetOlderSteps, readFinishedKeys, saveFinishedStep } from '#app/domains/inbox/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';

/** Under this key a deletion is remembered, so that an update that it has overtaken does not bring the order back. */
const tombstone = (orderId: string) => `order-deleted:${orderId}`;

export const buryOrder = (scope: ShopScope, orderId: string, now: Date): Promise<void> =>
  saveFinishedStep(scope, tombstone(orderId), 'orders', now);

/** The platform has it: it was taken out of the trash, if it ever was deleted. */
export const unburyOrder = (scope: ShopScope, orderId: string): Promise<void> =>
  forgetFinishedSteps(scope, tombstone(orderId));

export async function isBuried(scope: ShopScope, orderId: string): Promise<boolean> {
  return (await readFinishedKeys(scope, [tombstone(orderId)])).size > 0;
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
  const keys = orders.map(({ id }) => tombstone(id));
  await forgetOlderSteps(scope, keys, readAt);
  const buried = await readFinishedKeys(scope, keys);
  return buried.size === 0 ? orders : orders.filter(({ id }) => !buried.has(tombstone(id)));
}
