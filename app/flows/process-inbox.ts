import {
  closeDeliveries,
  type InboxRow,
  noteFailures,
  readFinishedSteps,
  readTakenDeliveries,
  takeDueDeliveries,
} from '#app/domains/inbox/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import { type PlatformEvent, PlatformRefusal } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type Applied, applyEvents, joins, type ToldEvent } from './apply-events.ts';
import { connectedShop } from './connected-shop.ts';
import { enqueueFreshening } from './enqueue-freshening.ts';
import { processInbox as processInboxJob } from './jobs.ts';
import { withShopLock } from './shop-lock.ts';

/** Works off a shop's deliveries in the order of their receipt, many at once, one process at a time. */
const processInbox: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, signal }) => {
  const done = await withShopLock(services, 'inbox', shopId, async () => {
    for (;;) {
      signal.throwIfAborted();
      const { deliveries, more } = await services.db.inShop(shopId, (scope) =>
        takeDueDeliveries(scope, services.clock.now()),
      );
      const applied = await processDeliveries(services, shopId, deliveries);
      // Once for all of them; the sweep finds what waits although this was never reached.
      if (applied.has('order-changed')) await enqueueFreshening(services, shopId);
      if (!more) return true;
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
 * Deliveries to their end: done, ignored, or noted for another try. What fails does not hold up the others.
 * @returns types of events that were applied
 */
async function processDeliveries(
  services: Services,
  shopId: ShopId,
  deliveries: readonly InboxRow[],
): Promise<ReadonlySet<PlatformEvent['type']>> {
  const applied = new Set<PlatformEvent['type']>();
  let left = deliveries;
  while (left.length > 0) {
    const part = partOf(services, left);
    for (const type of await processPart(services, shopId, part)) applied.add(type);
    const rest = left.slice(part.length).map(({ id }) => id);
    // What was done may have ended the shop or taken a person out of what still waits.
    left = rest.length === 0 ? [] : await services.db.inShop(shopId, (scope) => readTakenDeliveries(scope, rest));
  }
  return applied;
}

interface Parsed {
  readonly row: InboxRow;
  /** null: it means nothing to us */
  readonly event: PlatformEvent | null;
  /** why it cannot be read */
  readonly error: Error | null;
}

/** As many of the first deliveries as can be applied together. */
function partOf(services: Services, rows: readonly InboxRow[]): Parsed[] {
  const part: Parsed[] = [];
  let first: PlatformEvent | null = null;
  for (const row of rows) {
    const parsed = parse(services, row);
    if (first && parsed.event && !joins(first, parsed.event)) break;
    first ??= parsed.event;
    part.push(parsed);
  }
  return part;
}

function parse({ platforms }: Pick<Services, 'platforms'>, row: InboxRow): Parsed {
  try {
    return { row, event: platforms[row.platform]?.parseWebhook(row.topic, row.body) ?? null, error: null };
  } catch (error) {
    return { row, event: null, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

const keyOf = (row: InboxRow) => `${row.platform}:${row.deliveryId}`;

async function processPart(
  { db, clock, ...services }: Services,
  shopId: ShopId,
  part: readonly Parsed[],
): Promise<PlatformEvent['type'][]> {
  const ids = new Map(part.map(({ row }) => [keyOf(row), row.id]));
  const { shop, finished } = await db.inShop(shopId, async (scope) => ({
    shop: await findShop(scope),
    finished: await readFinishedSteps(scope, [...ids.keys()]),
  }));
  const told = part.flatMap(({ row, event }): ToldEvent[] => {
    const key = keyOf(row);
    return event ? [{ key, event, triggeredAt: row.triggeredAt, finished: finished.get(key) ?? new Set() }] : [];
  });
  const platform = shop && services.platforms[shop.platform];
  const { applied, failures }: Applied = platform
    ? await applyEvents({ db, clock, ...services }, connectedShop(shop, platform), told, (scope, keys) =>
        closeDeliveries(
          scope,
          keys.flatMap((key) => ids.get(key) ?? []),
          'done',
          clock.now(),
        ),
      )
    : { applied: new Set(), failures: new Map() };

  const failed = part.flatMap(({ row, error }) => {
    const reason = error ?? failures.get(keyOf(row));
    return reason ? [{ row, reason }] : [];
  });
  for (const { row, reason } of failed)
    services.log.warn(
      { shopId, topic: row.topic, delivery: row.deliveryId, attempt: row.attempts, err: reason },
      'a webhook could not be processed',
    );
  const ignored = part.filter(({ row, error }) => !error && !applied.has(keyOf(row)) && !failures.has(keyOf(row)));
  if (failed.length + ignored.length > 0)
    await db.inShop(shopId, async (scope) => {
      await closeDeliveries(
        scope,
        ignored.map(({ row }) => row.id),
        'ignored',
        clock.now(),
      );
      await noteFailures(
        scope,
        failed.map(({ row, reason }) => ({ id: row.id, error: reason.message, hopeless: isHopeless(reason) })),
      );
    });
  return told.flatMap(({ key, event }) => (applied.has(key) ? [event.type] : []));
}

const isHopeless = (error: Error) => error instanceof PlatformRefusal && error.code === 'MALFORMED_PAYLOAD';
