import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { performRun, type RunProgress } from '#app/domains/activity/index.ts';
import { mergePlatformState, saveProfile, saveReconciledUntil } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import {
  type ExportResource,
  type ExportToken,
  type PlatformRecord,
  PlatformRefusal,
} from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { glanceAtCompanion } from './check-companion.ts';
import { settleCodes } from './codes/settle-codes.ts';
import { type ConnectedShop, findConnectedShop } from './connected-shop.ts';
import { enqueueSegments } from './enqueue-segments.ts';
import { saveRecords } from './save-records.ts';
import { followClock } from './shop-clock.ts';
import { signalsEndpoint } from './signals-endpoint.ts';
import { startRun } from './start-run.ts';

const resources: readonly ExportResource[] = ['products', 'customers', 'orders'];
const tables: Readonly<Record<ExportResource, readonly string[]>> = {
  products: ['product', 'variant'],
  customers: ['customer'],
  orders: ['order', 'order_line'],
};
const batchSize = 500;

/** Where an import stands: which resource, its export and how many of its records are stored. */
const cursorSchema = z.object({
  resource: z.number().int().min(0).default(0),
  token: z.string().nullable().default(null),
  startedAt: z.iso.datetime().nullable().default(null),
  read: z.number().int().min(0).default(0),
  counts: z.record(z.string(), z.number()).default({}),
});

type Cursor = z.infer<typeof cursorSchema>;

/** The first start of a shop: profile, products, customers, orders; then recommendations. */
const importShop: JobHandler<{ shopId: ShopId; runId: string }> = async (ids, { services, lastAttempt, signal }) => {
  const connected = await findConnectedShop(services, ids.shopId);
  if (!connected) return;
  await performRun(services, ids, { lastAttempt, signal }, async (run, progress) => {
    await prepareShop(services, connected);
    let cursor = cursorSchema.parse(run.cursor);
    for (;;) {
      const resource = resources[cursor.resource];
      if (!resource) break;
      cursor = await importResource({ services, connected, progress, signal, resource, cursor });
    }
    await enqueueSegments(services, ids.shopId);
    await startRun(services, ids.shopId, 'recommend');
    return cursor.counts;
  });
};

export default importShop;

async function prepareShop(services: Services, connected: ConnectedShop): Promise<void> {
  const { platform, ref, shop } = connected;
  const profile = await platform.readShop(ref);
  await services.db.inShop(ref.shopId, (scope) => saveProfile(scope, profile));
  // Before the first export: what happens while it runs is told by them.
  await platform.keepWebhooks(ref);
  const { capabilities } = await glanceAtCompanion(services, connected);
  if (!capabilities.webPixel || shop.platformState.pixelActivated) return;
  await platform.activatePixel(ref, { shopId: ref.shopId, endpoint: signalsEndpoint(services.config) });
  await services.db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { pixelActivated: true }));
}

interface Step {
  readonly services: Services;
  readonly connected: ConnectedShop;
  readonly progress: RunProgress;
  readonly signal: AbortSignal;
  readonly resource: ExportResource;
  readonly cursor: Cursor;
}

async function importResource(step: Step): Promise<Cursor> {
  const { services, connected, progress, signal, resource } = step;
  const { platform, ref } = connected;
  let cursor = step.cursor;
  if (cursor.token === null) {
    await progress.report(`exporting-${resource}`, 0, 0);
    const startedAt = services.clock.now().toISOString();
    cursor = { ...cursor, token: await platform.startExport(ref, resource, null), startedAt, read: 0 };
    await progress.save(cursor);
  }
  const token = cursor.token as ExportToken;
  const total = await waitForExport({ ...step, cursor }, token);

  // What was there before the export is no arrival.
  const readAt = new Date(cursor.startedAt ?? services.clock.now());
  const skewMs = connected.shop.platformState.clockSkewMs ?? 0;
  const coming = { way: 'import', skewMs, since: new Date(readAt.getTime() + skewMs), readAt } as const;
  const noteClock = followClock(services, connected.shop);
  let batch: PlatformRecord[] = [];
  const store = async () => {
    const records = batch;
    batch = [];
    await noteClock(records.at(-1)?.aheadMs ?? null);
    const save = async (scope: ShopScope) => {
      await saveRecords(services, scope, records, coming);
      // Of a store that is connected anew they may carry codes of ours.
      const orderIds = records.flatMap((one) => (one.resource === 'orders' ? [one.order.id] : []));
      await settleCodes(services, scope, connected, orderIds);
    };
    await services.db.inShop(ref.shopId, save, { timeoutMs: 120_000 });
    cursor = { ...cursor, read: cursor.read + records.length };
    await progress.save(cursor, cursor.read, total);
    await progress.report(`importing-${resource}`, cursor.read, total);
  };
  await progress.report(`importing-${resource}`, cursor.read, total);
  for await (const record of platform.readExport(ref, token, cursor.read)) {
    signal.throwIfAborted();
    batch.push(record);
    if (batch.length >= batchSize) await store();
  }
  if (batch.length > 0) await store();

  await services.db.refreshStatistics(tables[resource]);
  // What changed while the export ran is for the reconciliation.
  await services.db.inShop(ref.shopId, (scope) => saveReconciledUntil(scope, resource, readAt));
  const next = {
    resource: cursor.resource + 1,
    token: null,
    startedAt: null,
    read: 0,
    counts: { ...cursor.counts, [resource]: cursor.read },
  };
  await progress.save(next, cursor.read, total);
  return next;
}

/** Waits until the export can be read; returns the number of its records. */
async function waitForExport(step: Step, token: ExportToken): Promise<number> {
  const { connected, progress, signal, resource, cursor } = step;
  for (let pause = 250; ; pause = Math.min(5_000, pause * 1.5)) {
    const state = await connected.platform.pollExport(connected.ref, token);
    if (state.status === 'ready') return state.objects;
    if (state.status === 'failed') {
      // The next try starts a new export; what was read of this one is written again, harmlessly.
      await progress.save({ ...cursor, token: null, startedAt: null, read: 0 });
      throw new PlatformRefusal('EXPORT_FAILED', state.reason);
    }
    await progress.report(`exporting-${resource}`, state.objects, 0);
    await delay(pause, undefined, { signal });
  }
}
