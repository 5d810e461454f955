import { z } from 'zod';
import { performRun } from '#app/domains/activity/index.ts';
import { readShop, saveReconciledUntil } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ExportResource } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';
import { saveRecords } from './save-records.ts';

const resources: readonly ExportResource[] = ['products', 'customers', 'orders'];

/** The platform's index may lag behind its records; the same change seen twice costs one call. */
const overlapMs = 10 * 60_000;

const cursorSchema = z.object({ resource: z.number().int().min(0).default(0), page: z.string().nullable().default(null), startedAt: z.iso.datetime().nullable().default(null) });

/** Reads what changed since the last reconciliation, by the platform's `updated_at`: webhooks may be lost for good. */
const reconcileShop: JobHandler<{ shopId: ShopId; runId: string }> = async (ids, { services, lastAttempt, signal }) => {
  const connected = await findConnectedShop(services, ids.shopId);
  if (!connected) return;
  const { platform, ref } = connected;
  await performRun(services, ids, { lastAttempt, signal }, async (run, progress) => {
    let cursor = cursorSchema.parse(run.cursor);
    let read = 0;
    let written = 0;
    for (;;) {
      const resource = resources[cursor.resource];
      if (!resource) return { read, written };
      const shop = await services.db.inShop(ids.shopId, readShop);
      const since = shop.platformState.reconciledUntil?.[resource];
      const startedAt = cursor.startedAt ?? services.clock.now().toISOString();
      // No mark: the first import of this resource is not through, and brings everything.
      if (since !== undefined) {
        const from = new Date(new Date(since).getTime() - overlapMs);
        let page = cursor.page;
        do {
          signal.throwIfAborted();
          const changes = await platform.readChanges(ref, resource, from, page);
          written += await services.db.inShop(ids.shopId, (scope) => saveRecords(scope, services.secrets, changes.records));
          read += changes.records.length;
          page = changes.next;
          await progress.save({ resource: cursor.resource, page, startedAt }, read);
          await progress.report(`reconciling-${resource}`, read, 0);
        } while (page !== null);
        await services.db.inShop(ids.shopId, (scope) => saveReconciledUntil(scope, resource, new Date(startedAt)));
      }
      cursor = { resource: cursor.resource + 1, page: null, startedAt: null };
    }
  });
};

export default reconcileShop;
