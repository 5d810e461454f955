import { closeDelivery, type InboxRow, noteFailure, takeDueDeliveries } from '#app/domains/inbox/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformRefusal } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { applyEvent } from './apply-event.ts';
import { processInbox as processInboxJob } from './jobs.ts';
import { withShopLock } from './shop-lock.ts';

const batchSize = 20;

/** Works off a shop's deliveries in the order of their receipt, one process at a time. */
const processInbox: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, signal }) => {
  const done = await withShopLock(services, 'inbox', shopId, async () => {
    for (;;) {
      signal.throwIfAborted();
      const rows = await services.db.inShop(shopId, (scope) =>
        takeDueDeliveries(scope, services.clock.now(), batchSize),
      );
      for (const row of rows) await processDelivery(services, row);
      if (rows.length < batchSize) return true;
    }
  });
  // Another worker is at it and may have looked for the last time already: look again after it.
  if (done === null)
    await services.queue.enqueue(
      processInboxJob,
      { shopId },
      { delayMs: 1_000, deduplicationKey: `inbox-again-${shopId}` },
    );
};

export default processInbox;

/** One delivery to its end: done, ignored, or noted for another try. Its failure does not hold up the next. */
export async function processDelivery(services: Services, row: InboxRow): Promise<void> {
  const { db, clock, log } = services;
  const close = (status: 'done' | 'ignored') =>
    db.inShop(row.shopId, (scope) => closeDelivery(scope, row.id, status, clock.now()));
  try {
    const platform = services.platforms[row.platform];
    const event = platform?.parseWebhook(row.topic, row.body) ?? null;
    const shop = event && (await db.inShop(row.shopId, findShop));
    if (!event || !shop || !platform) return await close('ignored');
    const outcome = await applyEvent(
      services,
      { shop, ref: { shopId: shop.id, domain: shop.domain }, platform },
      event,
      {
        key: `${row.platform}:${row.deliveryId}`,
        triggeredAt: row.triggeredAt,
      },
    );
    await close(outcome);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hopeless = error instanceof PlatformRefusal && error.code === 'MALFORMED_PAYLOAD';
    log.warn(
      { shopId: row.shopId, topic: row.topic, delivery: row.deliveryId, attempt: row.attempts, err: error },
      'a webhook could not be processed',
    );
    await db.inShop(row.shopId, (scope) => noteFailure(scope, row.id, reason, hopeless));
  }
}
