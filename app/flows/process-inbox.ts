import {
  closeDelivery,
  type InboxRow,
  noteFailure,
  readFinishedSteps,
  takeDueDeliveries,
} from '#app/domains/inbox/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import { type PlatformEvent, PlatformRefusal } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { applyEvent } from './apply-event.ts';
import { connectedShop } from './connected-shop.ts';
import { enqueueFreshening } from './enqueue-freshening.ts';
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
      const applied = new Set<PlatformEvent['type'] | null>();
      for (const row of rows) applied.add(await processDelivery(services, row));
      // Once for all of them; the sweep finds what waits although this was never reached.
      if (applied.has('order-changed')) await enqueueFreshening(services, shopId);
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

/**
 * One delivery to its end: done, ignored, or noted for another try. Its failure does not hold up the next.
 * @returns what was applied; null where nothing was
 */
async function processDelivery(services: Services, row: InboxRow): Promise<PlatformEvent['type'] | null> {
  const { db, clock, log } = services;
  const close = (scope: ShopScope, status: 'done' | 'ignored') => closeDelivery(scope, row.id, status, clock.now());
  const key = `${row.platform}:${row.deliveryId}`;
  try {
    const platform = services.platforms[row.platform];
    const event = platform?.parseWebhook(row.topic, row.body) ?? null;
    const { shop, finished } = await db.inShop(row.shopId, async (scope) => ({
      shop: event && (await findShop(scope)),
      finished: await readFinishedSteps(scope, key),
    }));
    const ignore = () => db.inShop(row.shopId, (scope) => close(scope, 'ignored')).then(() => null);
    if (!event || !shop || !platform) return await ignore();
    const outcome = await applyEvent(services, connectedShop(shop, platform), event, {
      key,
      triggeredAt: row.triggeredAt,
      finished,
      close: (scope) => close(scope, 'done'),
    });
    return outcome === 'ignored' ? await ignore() : event.type;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hopeless = error instanceof PlatformRefusal && error.code === 'MALFORMED_PAYLOAD';
    log.warn(
      { shopId: row.shopId, topic: row.topic, delivery: row.deliveryId, attempt: row.attempts, err: error },
      'a webhook could not be processed',
    );
    await db.inShop(row.shopId, (scope) => noteFailure(scope, row.id, reason, hopeless));
    return null;
  }
}
