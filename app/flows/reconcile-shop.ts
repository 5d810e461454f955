import { z } from 'zod';
import { performRun, type RunProgress } from '#app/domains/activity/index.ts';
import { mergePlatformState, readShop, saveReconciledUntil, type Shop } from '#app/domains/shops/index.ts';
import { staleProductIds } from '#app/domains/recommendations/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ExportResource } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { glanceAtCompanion } from './check-companion.ts';
import { type ConnectedShop, findConnectedShop } from './connected-shop.ts';
import { deletedCursor, findDeleted } from './find-deleted.ts';
import { saveRecords } from './save-records.ts';
import { followUntoldOrders } from './follow-untold-orders.ts';
import { followClock } from './shop-clock.ts';
import { startRun } from './start-run.ts';

const resources: readonly ExportResource[] = ['products', 'customers', 'orders'];

/** The platform's index may lag behind its records; the same change seen twice costs one call. */
const overlapMs = 10 * 60_000;

/** Looking for everything that we hold costs a call a hundred records: once a day. */
const compareEveryMs = 23 * 3_600_000;

const cursorSchema = z.object({
  resource: z.number().int().min(0).default(0),
  page: z.string().nullable().default(null),
  startedAt: z.iso.datetime().nullable().default(null),
  /** the pages hold what changed since then */
  from: z.iso.datetime().nullable().default(null),
  /** they were asked for once more, from an earlier time */
  askedAgain: z.boolean().default(false),
  deleted: deletedCursor.nullable().default(null),
  /** mended by all tries: the one that ends finds them whole */
  webhooks: z.number().int().min(0).default(0),
});

/**
 * Reads what changed since the last reconciliation, by the platform's `updated_at`: webhooks may be lost for good.
 * Once a day it also looks for what was deleted without a word.
 */
const reconcileShop: JobHandler<{ shopId: ShopId; runId: string }> = async (ids, { services, lastAttempt, signal }) => {
  const connected = await findConnectedShop(services, ids.shopId);
  if (!connected) return;
  const { platform, ref } = connected;
  await performRun(services, ids, { lastAttempt, signal }, async (run, progress) => {
    let cursor = cursorSchema.parse(run.cursor);
    const mended = await platform.keepWebhooks(ref);
    if (mended > 0) {
      cursor = { ...cursor, webhooks: cursor.webhooks + mended };
      await progress.save(cursor);
    }
    await glanceAtCompanion(services, connected);
    let read = 0;
    let written = 0;
    for (;;) {
      const resource = resources[cursor.resource];
      if (!resource) {
        const deleted = await dropDeleted(services, connected, cursor, progress, signal);
        const stale = await services.db.inShop(ids.shopId, staleProductIds);
        if (stale.length > 0) await startRun(services, ids.shopId, 'publish-bundles');
        const { webhooks } = cursor;
        return { read, written, deleted, ...(webhooks === 0 ? {} : { webhooks }) };
      }
      const shop = await services.db.inShop(ids.shopId, readShop);
      const since = shop.platformState.reconciledUntil?.[resource];
      // No mark: the first import of this resource is not through, and brings everything.
      if (since !== undefined) {
        const startedAt = cursor.startedAt ?? services.clock.now().toISOString();
        const window = { resource, since: new Date(since), cursor: { ...cursor, startedAt } };
        for await (const part of saveChanges(services, connected, shop, window, signal)) {
          read += part.read;
          written += part.written;
          await progress.save(part.cursor, read);
          await progress.report(`reconciling-${resource}`, read, 0);
        }
        await services.db.inShop(ids.shopId, (scope) => saveReconciledUntil(scope, resource, new Date(startedAt)));
      }
      cursor = { ...cursor, resource: cursor.resource + 1, page: null, startedAt: null, from: null, askedAgain: false };
    }
  });
};

export default reconcileShop;

type Cursor = z.output<typeof cursorSchema>;

interface Window {
  readonly resource: ExportResource;
  /** everything that changed before this is known, by our clock */
  readonly since: Date;
  readonly cursor: Cursor;
}

/**
 * Saves what changed since, page by page; says with which cursor another try goes on. Changes bear the platform's time:
 * where its clock is behind, they look older than they are. Where the answers tell that it is further behind than it was
 * taken to be, it is asked once more from an earlier time; a clock that falls with each answer is not followed further.
 */
async function* saveChanges(
  services: Services,
  { platform, ref }: ConnectedShop,
  shop: Shop,
  { resource, since, cursor }: Window,
  signal: AbortSignal,
): AsyncGenerator<{ read: number; written: number; cursor: Cursor }> {
  const startOf = (skewMs: number) => new Date(since.getTime() - overlapMs - Math.max(0, -skewMs));
  const skewOf = followClock(services, shop);
  let from = cursor.from === null ? startOf(await skewOf(null)) : new Date(cursor.from);
  let { page, askedAgain } = cursor;
  for (;;) {
    signal.throwIfAborted();
    const readAt = services.clock.now();
    const changes = await platform.readChanges(ref, resource, from, page);
    const skewMs = await skewOf(changes.skewMs);
    const coming = { way: 'reconciliation', skewMs, since: null, readAt } as const;
    const written = await services.db.inShop(ref.shopId, async (scope) => {
      const saved = await saveRecords(services, scope, changes.records, coming);
      const orderIds = changes.records.flatMap((one) => (one.resource === 'orders' ? [one.order.id] : []));
      await followUntoldOrders(services, scope, { platform }, orderIds);
      return saved;
    });
    page = changes.next;
    const earlier = page === null && !askedAgain && startOf(skewMs) < from;
    if (earlier) {
      from = startOf(skewMs);
      askedAgain = true;
    }
    yield { read: changes.records.length, written, cursor: { ...cursor, page, from: from.toISOString(), askedAgain } };
    if (page === null && !earlier) return;
  }
}

async function dropDeleted(
  services: Services,
  connected: ConnectedShop,
  cursor: Cursor,
  progress: RunProgress,
  signal: AbortSignal,
): Promise<number> {
  const { shopId } = connected.ref;
  const { platformState } = await services.db.inShop(shopId, readShop);
  const now = services.clock.now();
  const recently =
    platformState.comparedAt !== undefined &&
    now.getTime() - new Date(platformState.comparedAt).getTime() < compareEveryMs;
  if (recently && cursor.deleted === null) return 0;
  await progress.report('looking-for-deleted', 0, 0);
  const save = (deleted: Cursor['deleted']) => progress.save({ ...cursor, deleted });
  const gone = await findDeleted(services, connected, cursor.deleted ?? deletedCursor.parse({}), save, signal);
  await services.db.inShop(shopId, (scope) => mergePlatformState(scope, { comparedAt: now.toISOString() }));
  return gone;
}
